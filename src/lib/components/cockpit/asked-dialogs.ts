/** The dialogs of the cockpit that can be asked for from anywhere in it, and whether each is open. */
export type AskedDialogs = { help: boolean; vote: boolean; found: boolean; announce: boolean; poll: boolean };
