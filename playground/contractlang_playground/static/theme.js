// Before anything is painted: the theme that the user chose, so that the page does not flash.
(function () {
  try {
    var theme = JSON.parse(localStorage.getItem("contractlang-playground:settings:1") || "{}").theme;
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) {
    // Storage is forbidden or holds something else: the system's theme it is.
  }
})();
