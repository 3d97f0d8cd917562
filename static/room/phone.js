// What a phone does with a script, besides what the page does without one: it looks whether the room
// has moved on, and takes taps on the map. It is a file of its own, for browsers of ten years ago.
(function () {
  "use strict";
  var EVERY = 2000; // ms between two looks
  var root = document.documentElement;
  var lost = document.querySelector(".lost");
  var again = document.querySelector(".again");

  function look() {
    var request = new XMLHttpRequest();
    request.onload = function () {
      if (request.status === 200) {
        lost.hidden = true;
        if (JSON.parse(request.responseText).stamp !== root.getAttribute("data-stamp")) {
          location.replace(again ? again.href : location.href);
          return;
        }
      } else {
        lost.hidden = request.status < 500;
      }
      next();
    };
    request.onerror = function () {
      lost.hidden = false;
      next();
    };
    request.ontimeout = request.onerror;
    request.open("GET", root.getAttribute("data-state"));
    request.timeout = 5 * EVERY;
    request.send();
  }

  // Not all phones at once.
  function next() {
    setTimeout(look, EVERY * (0.75 + Math.random() / 2));
  }

  var map = document.querySelector(".map");
  var form = document.querySelector("form");
  var most = map ? Number(map.getAttribute("data-most")) : 0;

  function boxes() {
    return Array.prototype.slice.call(form.querySelectorAll("input[name=choice]"));
  }

  function show() {
    var chosen = boxes().filter(function (box) {
      return box.checked;
    });
    boxes().forEach(function (box) {
      var path = map.querySelector('path[data-code="' + box.value + '"]');
      if (path) path.classList[box.checked ? "add" : "remove"]("picked");
    });
    form.querySelector(".so-far").textContent = chosen.length + " of " + most + " chosen.";
  }

  if (map && form && form.querySelector("input[name=choice]")) {
    map.classList.add("live");
    map.addEventListener("click", function (event) {
      var code = event.target.getAttribute && event.target.getAttribute("data-code");
      var box = boxes().filter(function (found) {
        return found.value === code;
      })[0];
      if (!box) return;
      box.checked = box.type === "radio" || !box.checked;
      show();
    });
    form.addEventListener("change", show);
    show();
  }
  if (root.getAttribute("data-state")) next();
})();
