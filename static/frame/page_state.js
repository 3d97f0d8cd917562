// What the page knows of itself. It is kept on the window and not in this module: a server that was
// started anew may send a newer version of these files to a page that stays open. Nothing here
// holds a rule about coverage.

globalThis.provisionPage ??= {
  navigate: undefined, // tells the server of a link that was followed
  restoreView: undefined, // tells the server of the address that Back or Forward has led to
  reconnect: undefined, // asks the server for the page once it is there again
  viewFields: {}, // the view as fields of the address
  sessionToken: undefined, // which session of the server has drawn the page
  address: undefined, // path and query that the page was drawn for
  leftPage: false, // Back or Forward leads to another page that is not drawn yet
  leaves: false, // a link to another page was followed, which is not drawn yet
  followedFrom: null, // the view that a link was followed from, or "part" for a part of a page
  returnedTo: null, // an address that was left and come back to before the other page was drawn
  followsLinks: false, // the page listens to its links already
  followsConnection: false, // the page asks again once the server is back
  namesLandmarks: false, // the page keeps Streamlit's pop-ups named already
};

export const pageState = globalThis.provisionPage;

// Fields of the address as text, with the marks that need no escape left as people read them.
export function queryText(fields) {
  return fields.toString().replaceAll("%2C", ",").replaceAll("%7E", "~").replaceAll("%3A", ":");
}
