import { defineCard } from '@relu-lab/report';

/** What is commonly said about ReLU, word by word, and the claims of the studies that settle it. */
export default defineCard({
  title: 'What is said about ReLU, tested',
  parts: [
    {
      heading: 'ReLU',
      sentences: [{ text: 'ReLU is max(0, x).', claims: ['what-relu-is/piecewise-linear', 'what-relu-is/range'] }],
    },
    {
      heading: 'Properties',
      sentences: [
        {
          text: 'Piecewise linear: linear for x > 0, constant 0 for x ≤ 0.',
          claims: ['what-relu-is/piecewise-linear', 'what-relu-is/homogeneous'],
        },
        { text: 'Range [0, ∞).', claims: ['what-relu-is/range'] },
        {
          text: 'Non-linear activation: despite being linear for x > 0, zeroing negative inputs lets the network learn complex mappings.',
          claims: [
            'what-relu-is/not-linear',
            'what-relu-is/no-activation-no-mapping',
            'what-relu-is/learns-complex-mappings',
            'what-relu-is/pieces-follow-curves',
          ],
        },
        {
          text: 'Sparse activation: only neurons with x > 0 are active, leading to efficient representations.',
          claims: [
            'sparsity/active-means-positive',
            'sparsity/half-at-initialisation',
            'sparsity/sparse-after-training',
            'sparsity/saves-work',
            'sparsity/halves-the-pass',
            'sparsity/skipping-saves-time',
          ],
          precise:
            'About half of a fresh network’s activations are 0 ({{ sparsity/half-at-initialisation.measured }}), since its weights are symmetric, and not because it has learned anything. Efficient they are for kernels that skip zeros, and for those only where there are many: of the multiply-adds of the networks here that read hidden activations {{ sparsity/saves-work.measured }} could be skipped, and {{ sparsity/halves-the-pass.measured }} of the whole pass. Of a single sample skipping takes {{ sparsity/skipping-saves-time.measured }} times as long as the fastest kernel that has no use of zeros; of a batch the dense product is hard to beat.',
        },
        {
          text: 'Gradient: 1 for x > 0, 0 for x ≤ 0; gradients are preserved for x > 0, mitigating the vanishing gradient problem.',
          claims: [
            'what-relu-is/derivative-at-zero',
            'what-relu-is/kink-is-rare',
            'what-relu-is/kink-choice-is-harmless',
            'gradient-flow/gradients-preserved',
          ],
          precise:
            'At 0 there is no derivative: every number from 0 to 1 is a subgradient, and frameworks take 0. Gradients are preserved on active paths alone. What a whole layer does to their square is σ_w²/2: we measure {{ gradient-flow/gradients-preserved.measured }} with He’s weights and {{ gradient-flow/half-lost.measured }} with Xavier’s.',
        },
      ],
    },
    {
      heading: 'Advantages',
      sentences: [
        {
          text: 'Computational efficiency: only a comparison and a max.',
          claims: ['cost/a-max-and-a-comparison', 'cost/cheaper-than-exponentials', 'cost/faster-steps'],
          precise:
            'One operation an element is all that ReLU needs, and the cheapest activation with an exponential takes {{ cost/cheaper-than-exponentials.measured }} times as long. But what is as simple is about as fast (leaky ReLU takes {{ cost/leaky-is-as-cheap.measured }} times as long), and products rule a training step: where layers are wide, it would be {{ cost/small-share.measured }} times as fast if ReLU took no time.',
        },
        {
          text: 'Mitigates vanishing gradients, unlike sigmoid or tanh, enabling deeper networks to train.',
          claims: [
            'gradient-flow/relu-trains-deep',
            'gradient-flow/sigmoid-vanishes',
            'gradient-flow/tanh-vanishes',
            'gradient-flow/sigmoid-does-not-train',
            'gradient-flow/deeper-than-sigmoid',
            'gradient-flow/deeper-than-tanh',
          ],
          precise:
            'Sigmoid is the one whose gradients vanish: {{ gradient-flow/sigmoid-vanishes.measured }} of their square is left by a layer. Tanh has an edge of chaos as ReLU has, and thirty layers of it learn digits from there too (the accuracy of ReLU’s, less theirs: {{ gradient-flow/deeper-than-tanh.measured }}).',
        },
        {
          text: 'Encourages sparse representations: fewer active neurons, improving interpretability and reducing overfitting.',
          claims: [
            'sparsity/others-have-no-zeros',
            'sparsity/smaller-gap-than-leaky',
            'sparsity/smaller-gap-than-tanh',
            'sparsity/sparser-smaller-gap',
            'sparsity/smaller-loss-gap-than-tanh',
            'sparsity/sparser-smaller-loss-gap',
            'sparsity/purer-than-leaky',
            'sparsity/purer-than-tanh',
            'sparsity/purer-when-sparser',
            'sparsity/more-selective-than-leaky',
          ],
          precise:
            'ReLU has zeros, and the others have none. What is said to follow does not follow from zeros: leaky ReLU has none, and beside it ReLU’s gap between training and test digits changes by {{ sparsity/smaller-gap-than-leaky.measured }}, and the purity of units, a proxy for being readable, by {{ sparsity/purer-than-leaky.measured }}.',
        },
      ],
    },
    {
      heading: 'Disadvantages',
      sentences: [
        {
          text: 'Dying ReLU: neurons with x ≤ 0 give zero gradients and become permanently inactive; common with poor initialisation or too large a learning rate.',
          claims: [
            'dying-relu/inactive-is-dead',
            'dying-relu/permanently-inactive',
            'dying-relu/common-at-sensible-rates',
            'dying-relu/too-large-rate-kills',
            'dying-relu/poor-scale-kills',
            'dying-relu/large-weights-kill',
            'dying-relu/small-weights-kill',
            'dying-relu/poor-bias-kills',
          ],
          against: ['dying-relu/deeper-units-revive'],
          precise:
            'Silent on a sample is not dead, which is silent on every input: of the units that are silent on a digit {{ dying-relu/inactive-is-dead.measured }} are. Death is for good in the first layer, below which nothing moves, and without momentum; beyond it {{ dying-relu/deeper-units-revive.measured }} of the units that die come back. At birth the scale of the weights changes nothing ({{ dying-relu/poor-scale-kills.measured }}) and a bias does ({{ dying-relu/poor-bias-kills.measured }}).',
        },
        {
          text: 'Unbounded outputs: can lead to exploding activations in deeper layers if not managed, for example by normalisation.',
          claims: [
            'exploding-activations/explodes',
            'exploding-activations/residual-sums-double',
            'exploding-activations/batch-norm-holds-signals',
            'exploding-activations/layer-norm-holds-signals',
            'exploding-activations/batch-norm-manages-gradients',
            'exploding-activations/layer-norm-keeps-gradients',
            'exploding-activations/layer-norm-trains',
            'exploding-activations/batch-norm-trains',
          ],
          against: ['exploding-activations/unbounded-is-harmless'],
          precise:
            'It is not unboundedness that explodes but weights that are too large, and sums: a layer multiplies the square of the signal by σ_w²/2, which is 1 with He’s weights ({{ exploding-activations/unbounded-is-harmless.measured }} measured). Normalisation holds signals on their way forward; on the way back batch norm itself makes the gradients of plain deep networks grow, by {{ exploding-activations/batch-norm-explodes-gradients.measured | fixed3 }} a layer in their square.',
        },
        {
          text: 'Sensitivity to initialisation: proper initialisation (He) is crucial.',
          claims: [
            'initialisation/he-is-crucial',
            'initialisation/he-is-crucial-in-brief',
            'initialisation/he-is-best',
            'initialisation/worse-than-tanh',
            'initialisation/he-keeps-signals',
            'initialisation/he-keeps-the-typical-network',
            'gradient-flow/xavier-stalls',
          ],
          against: ['initialisation/patience-for-xavier'],
          precise:
            'He’s rule keeps the mean square of ReLU’s signal ({{ initialisation/he-keeps-signals.measured }} a layer) over many networks; a typical one that is narrow and deep ends with {{ initialisation/he-keeps-the-typical-network.measured }} of it. It is not the rule for smooth activations: a layer of SiLU leaves {{ initialisation/he-for-silu.measured }}. How crucial it is depends on the depth, the learning rate and the time that is given.',
        },
      ],
    },
    {
      heading: 'Visualisation',
      sentences: [
        {
          text: 'The paper-folding metaphor: how depth allows a network to fold space, so that regions multiply with every layer.',
          claims: [
            'folding-space/tent-doubles',
            'folding-space/paper-quadruples',
            'folding-space/multiply-with-every-layer',
            'folding-space/training-finds-folds',
          ],
          precise:
            'That is what depth can do where weights are set to fold: pieces multiply by {{ folding-space/tent-doubles.measured }} a layer. In random networks regions grow with the number of units: at equal numbers of them deep networks have {{ folding-space/depth-adds-regions.measured }} times as many as shallow ones. Training does not find the folds: networks that learn digits have {{ folding-space/training-uses-depth.measured }} of the regions that folding attains.',
        },
      ],
    },
    {
      heading: 'Variants',
      sentences: [
        {
          text: 'Leaky ReLU (αx for x ≤ 0, typically α = 0.01, prevents dying).',
          claims: [
            'dying-relu/leaky-never-dies',
            'activations-on-mnist/only-relu-dies',
            'variants/leaky-passes-alpha',
            'variants/leaky-brings-back',
            'variants/leaky-brings-back-from-the-brink',
            'variants/usual-slope-changes-nothing',
          ],
          precise:
            'It prevents a gradient of 0, since α of it passes below 0. That makes no silent unit speak: of units that are below 0 on every digit a slope of α = 0.01 brings back {{ variants/leaky-brings-back.measured }} ({{ variants/leaky-brings-back-from-the-brink.measured }} of those that are just below it), and a large one {{ variants/large-slope-brings-back.measured }}.',
        },
        { text: 'PReLU (α learned).', claims: ['variants/prelu-learns'] },
        {
          text: 'ELU (α(eˣ − 1): smooth, non-zero gradient for negative inputs, bounded below).',
          claims: [
            'variants/elu-smooth',
            'variants/elu-twice-smooth',
            'variants/elu-gradient-nonzero',
            'variants/elu-bounded-below',
          ],
          precise:
            'Smooth is its slope with α = 1 and no other; its curvature jumps even then, by {{ variants/elu-twice-smooth.measured }}. Non-zero is its gradient on paper: in float32 ELU is flat from x = {{ variants/elu-float32-ends.measured }} downwards.',
        },
        {
          text: 'SELU (self-normalising: keeps mean near 0 and variance near 1).',
          claims: ['variants/selu-keeps-mean', 'variants/selu-keeps-variance', 'variants/selu-after-training'],
          precise:
            'So it is with LeCun’s weights and before training: through the depth of the networks here the variance ends at {{ variants/selu-keeps-variance.measured }}. Nothing holds it in training, after which it is {{ variants/selu-after-training.measured }}.',
        },
        {
          text: 'Maxout (maximum of linear functions: flexible, computationally expensive).',
          claims: [
            'variants/maxout-one-unit-convex',
            'variants/maxout-two-units-anything',
            'variants/maxout-expensive',
            'cost/maxout-is-expensive',
          ],
        },
      ],
    },
  ],
  papers: [
    {
      citation: 'Glorot & Bengio 2010',
      says: 'tanh saturates layer by layer from the first on, sigmoid in the top hidden layer; normalised weights (Xavier’s) keep the variance of signals from layer to layer.',
      checked: false,
      claims: [
        'gradient-flow/tanh-saturates-from-below',
        'gradient-flow/sigmoid-saturates-from-above',
        'gradient-flow/xavier-keeps-tanh-signals',
      ],
    },
    {
      citation: 'Glorot, Bordes & Bengio 2011',
      says: 'Trained rectifier networks have 68 % to 83 % of exact zeros with an L1 penalty on the activations, and fewer without.',
      checked: false,
      claims: ['sparsity/glorot-range', 'sparsity/fewer-without-penalty'],
      conditionsStated: true,
    },
    {
      citation: 'Goodfellow et al. 2013',
      says: 'A maxout network with two hidden units approximates any continuous function.',
      checked: false,
      claims: ['variants/maxout-two-units-anything'],
    },
    {
      citation: 'Montúfar et al. 2014',
      says: 'H hidden layers can have at least (∏ ⌊nᵢ/n₀⌋^n₀) Σ C(n_H, j) linear regions: the product over all hidden layers but the last, the sum up to j = n₀.',
      checked: false,
      claims: ['folding-space/montufar-attained'],
    },
    {
      citation: 'Telgarsky 2015',
      says: 'The tent map composed k times has 2ᵏ linear pieces, with 2k units.',
      checked: false,
      claims: ['folding-space/tent-doubles'],
    },
    {
      citation: 'He et al. 2015',
      says: 'Thirty layers converge from He initialisation and stall from Xavier’s; squared signals change by σ_w²/2 a layer; with weights of a fixed small deviation gradients are lost.',
      checked: false,
      claims: [
        'gradient-flow/relu-trains-deep',
        'gradient-flow/xavier-stalls',
        'initialisation/he-keeps-signals',
        'initialisation/xavier-halves-signals',
        'activations-on-mnist/small-weights-lose-gradients',
      ],
      conditionsStated: true,
    },
    {
      citation: 'Clevert et al. 2015',
      says: 'ELU pushes mean activations closer to 0 than ReLU.',
      checked: 'the abstract',
      claims: ['variants/elu-mean-at-start', 'variants/elu-mean-closer', 'variants/elu-mean-closer-relative'],
    },
    {
      citation: 'Poole et al. 2016',
      says: 'The squared length follows q′ = σ_w² E[φ(√q z)²] + σ_b² from layer to layer, and order and chaos meet at χ₁ = 1.',
      checked: false,
      claims: [
        'exploding-activations/half-the-weight-variance',
        'initialisation/tanh-length-map',
        'initialisation/order-and-chaos',
        'gradient-flow/growth-is-predicted',
      ],
    },
    {
      citation: 'Schoenholz et al. 2017',
      says: 'Networks train up to a depth of about 6 ξ.',
      checked: false,
      claims: ['initialisation/six-xi', 'initialisation/not-beyond-six-xi', 'initialisation/relu-not-beyond-six-xi'],
    },
    {
      citation: 'Klambauer et al. 2017',
      says: 'SELU has the stable fixed point (0, 1) of mean and variance, near which a difference of variances shrinks from layer to layer (by {{ variants/selu-contraction.predicted }}, as recomputed here).',
      checked: false,
      claims: ['variants/selu-fixed-point', 'variants/selu-contraction'],
    },
    {
      citation: 'Hanin 2018',
      says: 'The fluctuations of gradients grow with β, the sum of 1/width over the layers.',
      checked: 'the abstract',
      claims: ['initialisation/gradients-spread-with-beta', 'initialisation/finite-width-law'],
    },
    {
      citation: 'Lu et al. 2019',
      says: 'The probability that a network of width N and L weight layers is born dead is at most 1 − (1 − 2⁻ᴺ)^(L−1).',
      checked: false,
      claims: ['dying-relu/born-dead-on-one-input', 'dying-relu/born-dead-between-bounds'],
    },
    {
      citation: 'Hanin & Rolnick 2019',
      says: 'At initialisation the number of linear regions along a line grows linearly with the number of neurons, far below the exponential bound.',
      checked: 'the abstract',
      claims: [
        'folding-space/grow-with-neurons',
        'folding-space/crossings-by-layer',
        'folding-space/whatever-the-depth',
      ],
    },
    {
      citation: 'Yang et al. 2019',
      says: 'Batch norm itself makes gradients explode with depth; with ReLU their square grows by π/(π − 1) a layer ({{ exploding-activations/batch-norm-explodes-gradients.predicted | fixed3 }}).',
      checked: 'the abstract, the factor aside',
      claims: ['exploding-activations/batch-norm-explodes-gradients'],
    },
  ],
});
