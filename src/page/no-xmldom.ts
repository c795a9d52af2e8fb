// What the page's bundle puts in the place of @xmldom/xmldom: nothing. kdbxweb asks for it by name, but
// uses the browser's own DOMParser and XMLSerializer, which are there. The library is large, and its
// text holds `<!--`, which an inline script may not.

export {};
