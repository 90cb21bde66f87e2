import '@fontsource-variable/inter/wght.css';
import './nearInter.css';

// Little is written in it, and that reads well in the system's own until the page stands. Meanwhile the page needs the network.
const CODE_FONT_AFTER_MS = 1000;
setTimeout(() => void import('@fontsource/jetbrains-mono/latin-400.css'), CODE_FONT_AFTER_MS);
