import type { WorkshopTemplate } from '../workshop-template.ts';

import { coCreationTemplate } from './co-creation-template.ts';
import { consentRoundTemplate } from './consent-round-template.ts';
import { ideationTemplate } from './ideation-template.ts';
import { oneTwoFourAllTemplate } from './one-two-four-all-template.ts';
import { projectMeetingTemplate } from './project-meeting-template.ts';
import { worldCafeTemplate } from './world-cafe-template.ts';

/** The methods that come with the program, in the order in which they are offered. */
export const methodKeys = [
	'co-creation',
	'ideation',
	'one-two-four-all',
	'world-cafe',
	'consent-round',
	'project-meeting',
] as const;
export type MethodKey = (typeof methodKeys)[number];

export const workshopTemplates: Readonly<Record<MethodKey, WorkshopTemplate>> = {
	'co-creation': coCreationTemplate,
	ideation: ideationTemplate,
	'one-two-four-all': oneTwoFourAllTemplate,
	'world-cafe': worldCafeTemplate,
	'consent-round': consentRoundTemplate,
	'project-meeting': projectMeetingTemplate,
};
