import { defaultRules } from '../step.ts';
import { minutes, type WorkshopTemplate } from '../workshop-template.ts';

/**
 * 1-2-4-All, one of the Liberating Structures (Lipmanowicz and McCandless): one minute alone, two in pairs, four in fours, five
 * with everybody. What is written alone stays with its author; what leaves a table stays there until all write on one wall.
 */
export const oneTwoFourAllTemplate: WorkshopTemplate = {
	name: { lb: '1-2-4-Alleguer', fr: '1-2-4-Tous', de: '1-2-4-Alle', en: '1-2-4-All', pt: '1-2-4-Todos' },
	description: {
		lb: 'Eng Fro, fir d’éischt eleng, dann zu zwee, zu véier an alleguer: jidderee kënnt un d’Wuert, an 20 Minutten.',
		fr: 'Une question, d’abord seul, puis à deux, à quatre et tous ensemble : tout le monde prend part, en 20 minutes.',
		de: 'Eine Frage, erst allein, dann zu zweit, zu viert und mit allen: Jede und jeder kommt zu Wort, in 20 Minuten.',
		en: 'One question, first alone, then in pairs, in fours and all together: everybody has a say, in 20 minutes.',
		pt: 'Uma pergunta, primeiro a sós, depois a dois, a quatro e com todos: toda a gente participa, em 20 minutos.',
	},
	usualTables: 6,
	steps: [
		{
			kind: 'welcome',
			title: { lb: 'D’Fro', fr: 'La question', de: 'Die Frage', en: 'The question', pt: 'A pergunta' },
			prompt: {
				lb: 'Hei ass d’Fro, ëm déi et geet. Setzt Iech zu véier zesummen an haalt Äert Handy prett.',
				fr: 'Voici la question qui nous occupe. Installez-vous par quatre et gardez votre téléphone à portée de main.',
				de: 'Das ist die Frage, um die es geht. Setzen Sie sich zu viert zusammen und halten Sie das Handy bereit.',
				en: 'Here is the question it is about. Sit down in fours and keep your phone at hand.',
				pt: 'Eis a pergunta de que se trata. Sentem-se em grupos de quatro e tenham o telemóvel à mão.',
			},
			durationMs: minutes(3),
			rules: { ...defaultRules('welcome'), screen: 'prompt' },
		},
		{
			kind: 'collect',
			title: { lb: 'Eleng', fr: 'Seul', de: 'Allein', en: 'Alone', pt: 'A sós' },
			prompt: {
				lb: 'Eng Minutt Rou. Schreift op, wat Iech afält. Nach gesäit et keen.',
				fr: 'Une minute de silence. Notez ce qui vous vient. Personne ne le voit encore.',
				de: 'Eine Minute Stille. Schreiben Sie auf, was Ihnen einfällt. Noch sieht es niemand.',
				en: 'One minute of silence. Write down what comes to mind. Nobody sees it yet.',
				pt: 'Um minuto de silêncio. Escrevam o que vos ocorre. Ainda ninguém vê.',
			},
			durationMs: minutes(1),
			rules: {
				...defaultRules('collect'),
				add: 'people',
				see: 'table',
				intake: 'private',
				names: 'hidden',
				screen: 'prompt',
			},
		},
		{
			kind: 'discuss',
			title: { lb: 'Zu zwee', fr: 'À deux', de: 'Zu zweit', en: 'In pairs', pt: 'A dois' },
			prompt: {
				lb: 'Zwou Minutte mat der Persoun niewendrun: Wat hutt Dir gemeinsam, wat iwwerrascht Iech? Schreift op, wat dobäikënnt.',
				fr: 'Deux minutes avec la personne d’à côté : qu’avez-vous en commun, qu’est-ce qui vous surprend ? Notez ce qui s’ajoute.',
				de: 'Zwei Minuten mit der Person nebenan: Was haben Sie gemeinsam, was überrascht Sie? Schreiben Sie auf, was dazukommt.',
				en: 'Two minutes with the person beside you: what do you have in common, what surprises you? Write down what is new.',
				pt: 'Dois minutos com a pessoa ao lado: o que têm em comum, o que vos surpreende? Escrevam o que for novo.',
			},
			durationMs: minutes(2),
			rules: {
				...defaultRules('discuss'),
				add: 'everybody',
				arrange: 'nobody',
				see: 'table',
				names: 'hidden',
				screen: 'prompt',
			},
		},
		{
			kind: 'group',
			title: { lb: 'Zu véier', fr: 'À quatre', de: 'Zu viert', en: 'In fours', pt: 'A quatro' },
			prompt: {
				lb: 'Véier Minutten zu véier: Leet zesummen, wat sech gläicht, a sicht dat eraus, wat jidderee misst héieren.',
				fr: 'Quatre minutes à quatre : réunissez ce qui se ressemble et cherchez ce que toute la salle devrait entendre.',
				de: 'Vier Minuten zu viert: Legen Sie Ähnliches zusammen und suchen Sie heraus, was alle hören sollten.',
				en: 'Four minutes in fours: put together what is alike and find what everybody should hear.',
				pt: 'Quatro minutos a quatro: juntem o que é parecido e procurem o que toda a gente deveria ouvir.',
			},
			durationMs: minutes(4),
			rules: { ...defaultRules('group'), edit: 'table', see: 'table', names: 'hidden', screen: 'prompt' },
		},
		{
			kind: 'collect',
			title: { lb: 'Alleguer', fr: 'Tous ensemble', de: 'Alle', en: 'All', pt: 'Todos' },
			prompt: {
				lb: 'Wat ass an Ärer Grupp erausgestach? Schreift een eenzege Saz op d’Wand, fir jiddereen. Déi aner liesen a fannen dat Neit.',
				fr: 'Qu’est-ce qui est ressorti dans votre groupe ? Une seule phrase sur le mur, pour toute la salle. Les autres lisent et repèrent ce qui est nouveau.',
				de: 'Was ist in Ihrer Gruppe herausgestochen? Ein einziger Satz an die Wand, für alle. Die anderen lesen und suchen das Neue.',
				en: 'What stood out in your group? One single sentence on the wall, for everybody. The others read and look for what is new.',
				pt: 'O que se destacou no vosso grupo? Uma única frase na parede, para toda a sala. As outras pessoas leem e procuram o que é novo.',
			},
			durationMs: minutes(5),
			rules: { ...defaultRules('collect'), board: 'plenary', names: 'hidden', screen: 'wall' },
		},
		{
			kind: 'discuss',
			title: { lb: 'Wat bleift?', fr: 'Que retenir ?', de: 'Was bleibt?', en: 'What stays?', pt: 'O que fica?' },
			prompt: {
				lb: 'Wat fält op der Wand op? Wat gehéiert zesummen, a wat huele mir mat?',
				fr: 'Qu’est-ce qui frappe sur le mur ? Qu’est-ce qui va ensemble, et qu’emportons-nous ?',
				de: 'Was fällt an der Wand auf? Was gehört zusammen, und was nehmen wir mit?',
				en: 'What strikes you on the wall? What belongs together, and what do we take along?',
				pt: 'O que salta à vista na parede? O que combina, e o que levamos connosco?',
			},
			durationMs: minutes(3),
			rules: { ...defaultRules('discuss'), board: 'plenary', names: 'hidden', screen: 'columns' },
		},
		{
			kind: 'closing',
			title: { lb: 'Merci', fr: 'Merci', de: 'Danke', en: 'Thank you', pt: 'Agradecimento' },
			prompt: {
				lb: 'Eng Fro, vill Käpp: Merci. D’Iddie bleiwen hei ze liesen.',
				fr: 'Une question, beaucoup de têtes : merci. Les idées restent ici, à relire.',
				de: 'Eine Frage, viele Köpfe: danke. Die Ideen bleiben hier nachzulesen.',
				en: 'One question, many minds: thank you. The ideas stay here to be read again.',
				pt: 'Uma pergunta, muitas cabeças: obrigado. As ideias ficam aqui para reler.',
			},
			durationMs: minutes(2),
			rules: defaultRules('closing'),
		},
	],
};
