/*
 * The fold in the reader's browser: the keys of a name, by the rules that Python exports
 * (fold_rules_json), so that offline search agrees with the linkage to the letter.
 *
 * var folder = martyrologFold.create(rules); folder.fold("Jeschow") -> ["ewov", "ejov"]
 * No dependencies; ES5, with String.prototype.normalize where the browser has it.
 */
(function (root, make) {
  if (typeof module === "object" && module.exports) {
    module.exports = make();
  } else {
    root.martyrologFold = make();
  }
})(typeof self !== "undefined" ? self : this, function () {
  "use strict";

  var INVISIBLE = new RegExp(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4" +
      "\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]", "g");
  // Python's \s: what JavaScript's lacks or has more is named.
  var SPACES = /[\s\u001c-\u001f\u0085]+/g;
  var PARTS = /[\s\u001c-\u001f\u0085\-\u2010\u2010-\u2015.,;:()\[\]\u00ab\u00bb\/]+/;
  var CYRILLIC = /[\u0400-\u052f]/;
  var LATIN = /[A-Za-z\u00c0-\u024f\u1e00-\u1eff]/;
  var MARKS_ON_LATIN = /([a-z])[\u0300-\u036f]+/g;
  var POINTS = /[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;

  function normal(text, form) {
    return text.normalize ? text.normalize(form) : text;
  }

  function step(rule) {
    var kind = rule[0];
    if (kind === "literal") {
      return function (text) { return text.split(rule[1]).join(rule[2]); };
    }
    if (kind === "map") {
      return function (text) {
        var out = "";
        for (var i = 0; i < text.length; i++) {
          var letter = text.charAt(i);
          out += Object.prototype.hasOwnProperty.call(rule[1], letter) ? rule[1][letter] : letter;
        }
        return out;
      };
    }
    if (kind === "marks") {
      return function (text) {
        return normal(normal(text, "NFD").replace(MARKS_ON_LATIN, "$1").replace(POINTS, ""), "NFC");
      };
    }
    var pattern = new RegExp(rule[1], "g");
    return function (text) { return text.replace(pattern, rule[2]); };
  }

  function run(steps, text) {
    for (var i = 0; i < steps.length; i++) { text = steps[i](text); }
    return text;
  }

  function unique(values, limit) {
    var seen = {}, kept = [];
    for (var i = 0; i < values.length && kept.length < limit; i++) {
      if (values[i] && !Object.prototype.hasOwnProperty.call(seen, values[i])) {
        seen[values[i]] = true;
        kept.push(values[i]);
      }
    }
    return kept;
  }

  /* The first `limit` combinations, the last place turning fastest. */
  function combine(places, limit, glue) {
    var total = 1, i;
    for (i = 0; i < places.length && total < limit; i++) { total *= places[i].length; }
    for (; i < places.length; i++) { if (!places[i].length) { total = 0; } }
    var out = [], index = places.map(function () { return 0; });
    while (out.length < limit) {
      out.push(places.map(function (place, at) { return place[index[at]]; }).join(glue));
      for (i = places.length - 1; i >= 0; i--) {
        index[i] += 1;
        if (index[i] < places[i].length) { break; }
        index[i] = 0;
      }
      if (i < 0) { break; }
    }
    return out;
  }

  function create(rules) {
    var ambiguous = rules.ambiguous;
    var passes = {};
    Object.keys(rules.passes).forEach(function (name) { passes[name] = rules.passes[name].map(step); });
    var scripts = rules.scripts.map(function (row) {
      return { name: row.name, letters: new RegExp(row.letters) };
    });
    var readings = rules.readings.map(function (row) {
      var steps = [];
      row.passes.forEach(function (name) { steps = steps.concat(passes[name]); });
      return {
        script: row.script,
        languages: row.languages || [],
        when: row.when ? new RegExp(row.when) : null,
        unless: row.unless ? new RegExp(row.unless) : null,
        steps: steps
      };
    });
    var finish = rules.common.concat(rules["final"]).map(step);
    var finishSurname = rules.common.concat(rules.surname, rules["final"]).map(step);
    var toCyrillic = {}, toLatin = {};
    Object.keys(rules.lookalikes).forEach(function (latin) {
      var letter = rules.lookalikes[latin];
      toCyrillic[latin] = letter;
      toCyrillic[latin.toUpperCase()] = letter.toUpperCase();
      toLatin[letter] = latin;
      toLatin[letter.toUpperCase()] = latin.toUpperCase();
    });

    function oneScript(word) {
      var latin = 0, cyrillic = 0, canCyrillic = true, canLatin = true;
      for (var i = 0; i < word.length; i++) {
        var letter = word.charAt(i);
        if (LATIN.test(letter)) { latin++; if (!toCyrillic[letter]) { canCyrillic = false; } }
        if (CYRILLIC.test(letter)) { cyrillic++; if (!toLatin[letter]) { canLatin = false; } }
      }
      if (!latin || !cyrillic) { return word; }
      var table = null;
      if (canCyrillic && (cyrillic >= latin || !canLatin)) { table = toCyrillic; }
      else if (canLatin) { table = toLatin; }
      return table ? word.split("").map(function (letter) { return table[letter] || letter; }).join("") : word;
    }

    function clean(text) {
      text = normal(text, "NFC").replace(INVISIBLE, "");
      text = normal(text.replace(SPACES, " ").replace(/^ | $/g, ""), "NFC");
      if (!(CYRILLIC.test(text) && LATIN.test(text))) { return text; }
      return text.replace(/[A-Za-z\u00c0-\u052f\u1e00-\u1eff]+/g, oneScript);
    }

    function withoutApostrophes(text) {
      var out = "";
      for (var i = 0; i < text.length; i++) {
        if (rules.apostrophes.indexOf(text.charAt(i)) < 0) { out += text.charAt(i); }
      }
      return out;
    }

    function settle(form) {
      var places = form.split("").map(function (sound) { return ambiguous[sound] || [sound]; });
      return combine(places, rules.max_keys, "");
    }

    function readingsOf(word, language) {
      var script = "", i;
      for (i = 0; i < scripts.length && !script; i++) {
        if (scripts[i].letters.test(word)) { script = scripts[i].name; }
      }
      var own = readings.filter(function (reading) { return reading.script === script; });
      var hinted = own.filter(function (reading) { return reading.languages.indexOf(language) >= 0; });
      if (hinted.length) { return hinted; }
      var applying = own.filter(function (reading) {
        return (!reading.when || reading.when.test(word)) && !(reading.unless && reading.unless.test(word));
      });
      return applying.length ? applying : own.slice(0, 1);
    }

    function wordKeys(word, language, surname) {
      var keys = [];
      readingsOf(word, language).forEach(function (reading) {
        settle(run(reading.steps, word)).forEach(function (form) {
          keys.push(run(surname ? finishSurname : finish, form));
        });
      });
      return unique(keys, rules.max_keys);
    }

    /* Keys of a name, the likeliest first; options: {language: "de", surname: true}. */
    function fold(name, options) {
      var chosen = options || {};
      var words = withoutApostrophes(clean(name).toLowerCase()).split(PARTS);
      var parts = words.map(function (word) {
        return word ? wordKeys(word, chosen.language, chosen.surname) : [];
      }).filter(function (keys) { return keys.length; });
      return parts.length ? combine(parts, rules.max_keys, " ") : [];
    }

    return { fold: fold, clean: clean };
  }

  return { create: create };
});
