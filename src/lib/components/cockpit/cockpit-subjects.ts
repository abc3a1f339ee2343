/** What the cockpit shows on a phone, one at a time. */
export const subjects = ['now', 'tables', 'inbox', 'screens', 'more'] as const;
export type Subject = (typeof subjects)[number];
