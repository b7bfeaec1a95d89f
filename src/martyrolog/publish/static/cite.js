/* Makes the release that static/release.css names a text that can be selected and copied. */
(function () {
  "use strict";
  document.querySelectorAll(".release-id, .release-day, .release-hash").forEach(function (place) {
    var named = getComputedStyle(place, "::before").content;
    if (/^".*"$/.test(named)) {
      place.textContent = JSON.parse(named);
      place.className = "";
    }
  });
})();
