import { JsonEditor } from "./editor/json_editor.tsx";
import { Problems } from "./document/problems.tsx";
export function App() { return <main><JsonEditor /><Problems /></main>; }
