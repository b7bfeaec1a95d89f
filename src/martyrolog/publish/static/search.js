/*
 * Search without a server: loads the few shards that a query needs and shows the persons found.
 * The rules are those of publish/search.py, to the point; a test compares the two. Results are
 * written as text, never as markup.
 */
(function () {
  "use strict";

  var EXACT = 6, BEGINS = 4, MISSPELT = 3, ELSEWHERE = 2, GIVEN = 3, GIVEN_BEGINS = 2, INITIAL = 2;
  var YEAR = 3, YEAR_NEAR = 1, YEAR_WRONG = -3;
  var SHORTEST_BEGINNING = 2, LONG_KEY = 8, TYPO_LETTERS = 6, END = "0";
  var MOST_SHARDS = 8, MOST_SHOWN = 50;
  var TOKEN = /\d{4}|[\p{L}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*/gu;

  var results = document.getElementById("search-results");
  var status = document.getElementById("search-status");
  var input = document.getElementById("query");
  var form = document.getElementById("search-form");
  var folder = martyrologFold.create(martyrologRules);
  var loaded = {}, waiting = {}, order = 0;

  window.martyrologSearch = {
    add: function (name, content) { loaded[name] = content; },
    query: search
  };

  function load(name) {
    if (loaded[name]) { return Promise.resolve(loaded[name]); }
    if (!waiting[name]) {
      waiting[name] = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = results.dataset.root + "search/" + name + ".js";
        script.onload = function () { done(loaded[name]); };
        script.onerror = function () { delete waiting[name]; failed(new Error(name)); };
        document.head.appendChild(script);
      });
    }
    return waiting[name];
  }

  function parse(text) {
    var query = { words: [], initials: [], years: [] };
    (text.match(TOKEN) || []).forEach(function (token) {
      if (/^\d/.test(token)) { query.years.push(token); }
      else if (Array.from(token).length === 1) { query.initials.push(token.toLowerCase()); }
      else { query.words.push(token); }
    });
    query.surnameKeys = query.words.map(function (word) { return folder.fold(word, { surname: true }); });
    query.nameKeys = query.words.map(function (word) { return folder.fold(word); });
    return query;
  }

  function shardsOf(kind, key, andLonger) {
    return martyrologShards[kind].filter(function (shard) {
      return (key + END).indexOf(shard) === 0 || (andLonger && shard.indexOf(key) === 0);
    }).map(function (shard) { return kind + "-" + shard; });
  }

  function unique(values) { return Array.from(new Set(values)); }

  function rowsOf(keys, andLonger) {
    var names = [];
    keys.forEach(function (key) { names = names.concat(shardsOf("names", key, false)); });
    if (andLonger) {
      keys.forEach(function (key) {
        if (key.length >= SHORTEST_BEGINNING) { names = names.concat(shardsOf("names", key, true)); }
      });
    }
    return Promise.all(unique(names).slice(0, MOST_SHARDS).map(load)).then(function (shards) {
      var rows = {};
      shards.forEach(function (shard) {
        shard.forEach(function (row) { if (!rows[row[0]]) { rows[row[0]] = unpack(row); } });
      });
      return Object.keys(rows).map(function (id) { return rows[id]; });
    });
  }

  function unpack(row) {
    function keys(text) { return text ? text.split(" ") : []; }
    return { id: row[0], cyrillic: row[1], latin: row[2], born: row[3], died: row[4],
             surnames: keys(row[5]), given: keys(row[6]), patronymics: keys(row[7]), place: row[8] };
  }

  function some(known, keys, test) {
    return known.some(function (name) { return keys.some(function (key) { return test(name, key); }); });
  }
  function same(name, key) { return name === key; }
  function begins(name, key) { return key.length >= SHORTEST_BEGINNING && name.indexOf(key) === 0; }

  function surnamePoints(row, keys, near, place) {
    if (some(row.surnames, keys, same)) { return EXACT; }
    if (some(row.surnames, keys, begins)) { return BEGINS; }
    var nearOnes = row.surnames.filter(function (name) { return near[name] === place; });
    if (!nearOnes.length) { return 0; }
    var sameStart = some(nearOnes, keys, function (name, key) { return name[0] === key[0]; });
    return sameStart ? MISSPELT : ELSEWHERE;
  }

  function namePoints(row, keys) {
    var names = row.given.concat(row.patronymics);
    return some(names, keys, same) ? GIVEN : some(names, keys, begins) ? GIVEN_BEGINS : 0;
  }

  function writtenInitials(row, place) {
    return [row.cyrillic, row.latin].map(function (name) {
      var words = name.toLowerCase().split(/\s+/).filter(Boolean);
      return words.length > place + 1 ? Array.from(words[place + 1])[0] : "";
    });
  }

  function initialPoints(row, initials) {
    var total = 0, known = [row.given, row.patronymics];
    for (var place = 0; place < Math.min(2, initials.length); place++) {
      if (!known[place].length) { continue; }
      var keys = folder.fold(initials[place]).concat([initials[place]]);
      var fits = some(known[place], keys, function (name, key) { return name.indexOf(key) === 0; });
      if (!fits && writtenInitials(row, place).indexOf(initials[place]) < 0) { return null; }
      total += INITIAL;
    }
    return total;
  }

  function yearPoints(row, year) {
    var known = [row.born, row.died].filter(Boolean).map(Number);
    if (!known.length) { return 0; }
    var distance = Math.min.apply(null, known.map(function (found) { return Math.abs(found - Number(year)); }));
    return distance === 0 ? YEAR : distance === 1 ? YEAR_NEAR : YEAR_WRONG;
  }

  function rank(row, query, near) {
    var total = 0, surnameFound = false;
    for (var place = 0; place < query.words.length; place++) {
      var surname = surnamePoints(row, query.surnameKeys[place], near, place);
      var other = namePoints(row, query.nameKeys[place]);
      if (!surname && !other) { return 0; }
      surnameFound = surnameFound || surname > 0;
      total += Math.max(surname, other);
    }
    var initials = initialPoints(row, query.initials);
    if (!surnameFound || initials === null) { return 0; }
    query.years.forEach(function (year) { total += yearPoints(row, year); });
    return Math.max(1, total + initials);
  }

  function ranked(rows, query, near) {
    return rows.map(function (row) { return { row: row, points: rank(row, query, near) }; })
      .filter(function (found) { return found.points > 0; })
      .sort(function (a, b) { return b.points - a.points || a.row.place - b.row.place; });
  }

  function beginnings(key) {
    var first = key.slice(0, TYPO_LETTERS), found = [first];
    for (var i = 0; first.length > 1 && i < first.length; i++) { found.push(first.slice(0, i) + first.slice(i + 1)); }
    return unique(found);
  }

  /* Optimal string alignment: insertions, deletions, substitutions, neighbours swapped. */
  function distance(a, b) {
    var before = [], last = [], row = [], i, j;
    for (j = 0; j <= b.length; j++) { last[j] = j; }
    for (i = 1; i <= a.length; i++) {
      row = [i];
      for (j = 1; j <= b.length; j++) {
        var cost = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last; last = row;
    }
    return last[b.length];
  }

  function isNear(key, other) {
    var most = Math.max(key.length, other.length) >= LONG_KEY ? 2 : 1;
    return Math.abs(key.length - other.length) <= most && distance(key, other) <= most;
  }

  function misspelt(query) {
    var wanted = [];
    query.surnameKeys.forEach(function (keys, place) {
      keys.forEach(function (key) {
        beginnings(key).forEach(function (start) { wanted.push({ key: key, start: start, place: place }); });
      });
    });
    var names = [];
    wanted.forEach(function (item) { item.shards = shardsOf("typos", item.start, false); names = names.concat(item.shards); });
    return Promise.all(unique(names).slice(0, MOST_SHARDS).map(load)).then(function () {
      var near = {};
      wanted.forEach(function (item) {
        item.shards.forEach(function (shard) {
          var found = (loaded[shard] || {})[item.start];
          (found ? found.split(" ") : []).forEach(function (candidate) {
            if (isNear(item.key, candidate) && !(candidate in near)) { near[candidate] = item.place; }
          });
        });
      });
      return near;
    });
  }

  function search(text) {
    var query = parse(text);
    if (!query.words.length) { return Promise.resolve([]); }
    var keys = [].concat.apply([], query.surnameKeys);
    return rowsOf(keys, true).then(function (rows) {
      var found = ranked(rows, query, {});
      var alike = found.some(function (item) {
        return query.surnameKeys.some(function (own) { return some(item.row.surnames, own, same); });
      });
      if (alike) { return found; }
      return misspelt(query).then(function (near) {
        var candidates = Object.keys(near);
        if (!candidates.length) { return found; }
        return rowsOf(candidates, false).then(function (more) {
          var known = {};
          rows.concat(more).forEach(function (row) { known[row.id] = row; });
          return ranked(Object.keys(known).map(function (id) { return known[id]; }), query, near);
        });
      });
    });
  }

  function span(text, className, language) {
    var made = document.createElement("span");
    made.className = className;
    if (language) { made.lang = language; }
    made.textContent = text;
    return made;
  }

  function line(row) {
    var russian = results.dataset.language === "ru";
    var names = [[row.latin, "en"], [row.cyrillic, "ru"]];
    if ((russian && row.cyrillic) || !row.latin) { names.reverse(); }
    var item = document.createElement("li"), link = document.createElement("a"), bdi = document.createElement("bdi");
    link.href = results.dataset.home + "p/" + row.id + "/index.html";
    link.lang = names[0][1];
    bdi.textContent = names[0][0];
    link.appendChild(bdi);
    item.appendChild(link);
    if (names[1][0] && names[1][0] !== names[0][0]) {
      item.appendChild(document.createTextNode(" "));
      item.appendChild(span(names[1][0], "other", names[1][1]));
    }
    if (row.born || row.died) {
      item.appendChild(document.createTextNode(" "));
      item.appendChild(span((row.born || "?") + "–" + (row.died || "?"), "years"));
    }
    return item;
  }

  function show(found) {
    results.textContent = "";
    found.slice(0, MOST_SHOWN).forEach(function (item) { results.appendChild(line(item.row)); });
    if (!found.length) { status.textContent = results.dataset.none; return; }
    status.textContent = results.dataset.found + found.length +
      (found.length > MOST_SHOWN ? ". " + results.dataset.more : "");
  }

  function run(text) {
    var own = ++order;
    if (!text.trim()) { results.textContent = ""; status.textContent = ""; return; }
    status.textContent = results.dataset.searching;
    search(text).then(function (found) {
      if (own === order) { show(found); results.dataset.shown = text; }
    }, function () {
      if (own === order) { status.textContent = results.dataset.broken; }
    });
  }

  var timer = 0;
  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(function () { run(input.value); }, 120);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    run(input.value);
  });
  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) { run(input.value); }
  input.focus();
})();
