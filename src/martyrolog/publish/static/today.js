/* Shows the link to the page of this day of the year, where somebody died on it. */
(function () {
  "use strict";
  var now = new Date();
  var day = ("0" + (now.getMonth() + 1)).slice(-2) + "-" + ("0" + now.getDate()).slice(-2);
  var found = document.querySelector('#anniversaries li[data-day="' + day + '"] a');
  if (found) {
    var today = document.getElementById("today");
    today.insertBefore(document.createTextNode(" · "), today.firstChild);
    today.insertBefore(found, today.firstChild);
  }
})();
