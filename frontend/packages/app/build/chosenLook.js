// Runs before anything is painted: the look that was chosen here, and whether the sidebar is folded.
try {
  const { dataset } = document.documentElement;
  const look = localStorage.getItem('theme');
  if (look) {
    dataset.look = look;
  }
  if (localStorage.getItem('/shell/sidebarFolded') === 'true') {
    dataset.folded = '';
  }
} catch {
  // A browser that keeps nothing gets the look of the system.
}
