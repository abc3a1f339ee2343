import { defaultRules, type StepRules } from '../step.ts';
import { minutes, type WorkshopTemplate } from '../workshop-template.ts';

/**
 * Deciding by consent (sociocracy): proposal, clarifying questions, quick reactions, objections, integration, decision with a date to
 * look again. A proposal holds when nobody has a reasoned objection. Reactions and objections are written by each alone and shown
 * together, so that nobody follows the one who spoke first.
 */

const eachAloneThenTogether: StepRules = { ...defaultRules('collect'), add: 'people', intake: 'private' };

export const consentRoundTemplate: WorkshopTemplate = {
	name: {
		lb: 'Konsent-Ronn',
		fr: 'Décision par consentement',
		de: 'Konsentrunde',
		en: 'Consent round',
		pt: 'Decisão por consentimento',
	},
	description: {
		lb: 'E Virschlag, bis kee méi e begrënnten Awand huet: Froen, Reaktiounen, Awänn, Upassung, Decisioun. An enger Stonn.',
		fr: 'Une proposition, jusqu’à ce que personne n’ait plus d’objection fondée : questions, réactions, objections, intégration, décision. En une heure.',
		de: 'Ein Vorschlag, bis niemand mehr einen begründeten Einwand hat: Fragen, Reaktionen, Einwände, Anpassung, Entscheidung. In einer Stunde.',
		en: 'One proposal, until nobody has a reasoned objection left: questions, reactions, objections, integration, decision. In one hour.',
		pt: 'Uma proposta, até ninguém ter uma objeção fundamentada: perguntas, reações, objeções, integração, decisão. Numa hora.',
	},
	usualTables: 1,
	steps: [
		{
			kind: 'welcome',
			title: { lb: 'Ukommen', fr: 'Arrivée', de: 'Ankommen', en: 'Check-in', pt: 'Chegada' },
			prompt: {
				lb: 'Ee Saz vu jidderengem: Wéi sidd Dir haut do? Da kloere mir, iwwer wat mir decidéieren.',
				fr: 'Une phrase chacun : dans quel état d’esprit êtes-vous ? Puis nous précisons ce que nous décidons.',
				de: 'Ein Satz von jeder Person: Wie sind Sie heute da? Dann klären wir, worüber wir entscheiden.',
				en: 'One sentence from each of you: how are you here today? Then we make clear what we decide on.',
				pt: 'Uma frase de cada pessoa: como chegam hoje? Depois esclarecemos o que vamos decidir.',
			},
			durationMs: minutes(5),
			rules: defaultRules('welcome'),
		},
		{
			kind: 'sheet',
			title: { lb: 'Virschlag', fr: 'Proposition', de: 'Vorschlag', en: 'Proposal', pt: 'Proposta' },
			prompt: {
				lb: 'De Virschlag gëtt eemol haart virgelies, a steet um Blat. Elo just lauschteren: weder Froen nach Meenungen.',
				fr: 'La proposition est lue une fois à voix haute ; elle figure sur la fiche. Pour l’instant, on écoute : ni questions ni avis.',
				de: 'Der Vorschlag wird einmal laut vorgelesen und steht auf dem Blatt. Jetzt nur zuhören: weder Fragen noch Meinungen.',
				en: 'The proposal is read aloud once and stands on the sheet. Only listen now: no questions, no opinions.',
				pt: 'A proposta é lida uma vez em voz alta e está na ficha. Agora é só ouvir: nem perguntas nem opiniões.',
			},
			durationMs: minutes(7),
			rules: { ...defaultRules('sheet'), screen: 'prompt' },
		},
		{
			kind: 'collect',
			title: {
				lb: 'Verständnesfroen',
				fr: 'Questions de clarification',
				de: 'Verständnisfragen',
				en: 'Clarifying questions',
				pt: 'Perguntas de esclarecimento',
			},
			prompt: {
				lb: 'Wat ass nach net kloer? Schreift nëmme Froen op. Eng Meenung, déi sech als Fro verkleet, waart nach e bëssen.',
				fr: 'Qu’est-ce qui n’est pas clair ? Écrivez seulement des questions. Un avis déguisé en question attend encore un peu.',
				de: 'Was ist noch nicht klar? Schreiben Sie nur Fragen auf. Eine Meinung im Kleid einer Frage wartet noch ein wenig.',
				en: 'What isn’t clear yet? Write questions only. An opinion dressed as a question waits a little.',
				pt: 'O que ainda não está claro? Escrevam só perguntas. Uma opinião vestida de pergunta espera mais um pouco.',
			},
			durationMs: minutes(8),
			rules: { ...defaultRules('collect'), sheet: 'tables' },
		},
		{
			kind: 'collect',
			title: { lb: 'Reaktiounen', fr: 'Réactions', de: 'Reaktionen', en: 'Reactions', pt: 'Reações' },
			prompt: {
				lb: 'Een éischte Saz vu jidderengem: Wat denkt oder fillt Dir bei dësem Virschlag? Fir d’éischt jidderee fir sech, da weise mir alles zesummen.',
				fr: 'Une première phrase chacun : que pensez-vous, que ressentez-vous ? D’abord chacun pour soi, puis nous montrons tout ensemble.',
				de: 'Ein erster Satz von jeder Person: Was denken oder spüren Sie bei diesem Vorschlag? Erst für sich, dann zeigen wir alles zusammen.',
				en: 'A first sentence from each of you: what do you think or feel about this proposal? Each alone first, then we show it all together.',
				pt: 'Uma primeira frase de cada pessoa: o que pensam ou sentem perante esta proposta? Primeiro cada um por si, depois mostramos tudo junto.',
			},
			durationMs: minutes(7),
			rules: eachAloneThenTogether,
		},
		{
			kind: 'collect',
			title: { lb: 'Awänn', fr: 'Objections', de: 'Einwände', en: 'Objections', pt: 'Objeções' },
			prompt: {
				lb: 'Gëtt et e Grond, firwat dëse Virschlag eis schued oder eist Zil a Gefor bréngt? Schreift e mat senger Begrënnung op. En Awand ass e Geschenk: hie weist, wat nach feelt.',
				fr: 'Y a-t-il une raison pour laquelle cette proposition nous nuirait ou compromettrait notre but ? Écrivez-la avec son motif. Une objection est un cadeau : elle montre ce qui manque.',
				de: 'Gibt es einen Grund, warum dieser Vorschlag uns schadet oder unser Ziel gefährdet? Schreiben Sie ihn mit Begründung auf. Ein Einwand ist ein Geschenk: Er zeigt, was noch fehlt.',
				en: 'Is there a reason why this proposal would harm us or put our aim at risk? Write it down with its grounds. An objection is a gift: it shows what is missing.',
				pt: 'Há alguma razão para esta proposta nos prejudicar ou pôr em risco o nosso objetivo? Escrevam-na e expliquem porquê. Uma objeção é uma prenda: mostra o que falta.',
			},
			durationMs: minutes(10),
			rules: eachAloneThenTogether,
		},
		{
			kind: 'sheet',
			title: { lb: 'Upassen', fr: 'Intégrer', de: 'Anpassen', en: 'Integrate', pt: 'Integrar' },
			prompt: {
				lb: 'Huelt en Awand nom aneren: Wat muss um Virschlag änneren, fir datt hien ewechfält? Schreift de Virschlag zesummen nei.',
				fr: 'Prenez les objections une à une : que changer à la proposition pour que l’objection tombe ? Réécrivez-la ensemble.',
				de: 'Nehmen Sie einen Einwand nach dem anderen: Was muss sich am Vorschlag ändern, damit er wegfällt? Schreiben Sie den Vorschlag gemeinsam neu.',
				en: 'Take one objection after the other: what must change in the proposal so that it falls away? Write the proposal anew together.',
				pt: 'Peguem numa objeção de cada vez: o que tem de mudar na proposta para ela cair? Reescrevam a proposta em conjunto.',
			},
			durationMs: minutes(13),
			rules: { ...defaultRules('sheet'), arrange: 'everybody', screen: 'prompt' },
		},
		{
			kind: 'vote',
			title: { lb: 'Decidéieren', fr: 'Décider', de: 'Entscheiden', en: 'Decide', pt: 'Decidir' },
			prompt: {
				lb: 'Gutt genuch fir elo a sécher genuch fir ze probéieren? Stëmmt of, jidderee fir sech. En Awand brauch e Grond.',
				fr: 'Assez bon pour maintenant, assez sûr pour essayer ? Votez, chaque personne pour soi. Une objection demande une raison.',
				de: 'Gut genug für jetzt und sicher genug zum Ausprobieren? Stimmen Sie ab, jede Person für sich. Ein Einwand braucht einen Grund.',
				en: 'Good enough for now, safe enough to try? Vote, each for yourself. An objection needs a reason.',
				pt: 'Bom que chegue para agora, seguro que chegue para experimentar? Votem, cada pessoa por si. Uma objeção precisa de uma razão.',
			},
			durationMs: minutes(4),
			rules: defaultRules('vote'),
		},
		{
			kind: 'results',
			title: { lb: 'Decisioun', fr: 'Décision', de: 'Entscheidung', en: 'Decision', pt: 'Decisão' },
			prompt: {
				lb: 'Dat hu mir decidéiert. Wéini kucke mir, ob et sech bewäert huet, a wien erënnert eis drun?',
				fr: 'Voilà ce que nous avons décidé. Quand vérifions-nous que cela tient, et qui nous le rappelle ?',
				de: 'Das haben wir entschieden. Wann prüfen wir, ob es sich bewährt hat, und wer erinnert uns daran?',
				en: 'This is what we have decided. When do we look whether it works, and who reminds us?',
				pt: 'Foi isto que decidimos. Quando vemos se resultou, e quem nos lembra disso?',
			},
			durationMs: minutes(3),
			rules: { ...defaultRules('results'), sheet: 'everybody' },
		},
		{
			kind: 'closing',
			title: { lb: 'Ofschloss', fr: 'Clôture', de: 'Abschluss', en: 'Closing', pt: 'Encerramento' },
			prompt: {
				lb: 'Merci! Ee Wuert vu jidderengem: Wéi gitt Dir aus dëser Decisioun eraus?',
				fr: 'Merci ! Un mot chacun : comment sortez-vous de cette décision ?',
				de: 'Danke! Ein Wort von jeder Person: Wie gehen Sie aus dieser Entscheidung?',
				en: 'Thank you! One word each: how do you leave this decision?',
				pt: 'Obrigado! Uma palavra de cada pessoa: como saem desta decisão?',
			},
			durationMs: minutes(3),
			rules: defaultRules('closing'),
		},
	],
};
