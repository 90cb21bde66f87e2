// Runs before anything is painted: the look that was chosen here, whether the sidebar is folded, and what of the app the
// page at the address is made of, which the browser fetches along with the rest.
try {
  const { dataset } = document.documentElement;
  const look = localStorage.getItem('theme');
  if (look) {
    dataset.look = look;
  }
  const folded = localStorage.getItem('/shell/sidebarFolded') ?? 'null';
  if (folded === 'true' || (folded === 'null' && globalThis.matchMedia('(max-width: 959px)').matches)) {
    dataset.folded = '';
  }
} catch {
  // A browser that keeps nothing gets the look of the system.
}
const pages = JSON.parse(document.querySelector('script[type="callboard/pages"]').textContent);
const { links = [] } = pages.find(({ address }) => new RegExp(address).test(document.location.pathname)) ?? {};
document.head.append(...links.map(attributes => {
  const link = document.createElement('link');
  Object.entries(attributes).forEach(([name, value]) => link.setAttribute(name, value));
  return link;
}));
