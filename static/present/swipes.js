// A finger across the screen turns the step; up and down it scrolls, where there is something to
// scroll. Nothing here holds a rule about coverage.

const SWIPE = 60; // px

export function listenToSwipes(node, turnBy) {
  let start = null;
  const begin = ({ touches }) => {
    start = touches.length === 1 ? touches[0] : null;
  };
  const end = ({ changedTouches: [touch] }) => {
    const across = start ? touch.clientX - start.clientX : 0;
    const down = start ? touch.clientY - start.clientY : 0;
    start = null;
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) {
      turnBy(across < 0 ? 1 : -1);
    }
  };
  node.addEventListener("touchstart", begin, { passive: true });
  node.addEventListener("touchend", end, { passive: true });
}
