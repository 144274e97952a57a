import './theme.js';
import './components/pequel-console.js';
