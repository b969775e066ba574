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
          ],
        },
        {
          text: 'Gradient: 1 for x > 0, 0 for x ≤ 0; gradients are preserved for x > 0, mitigating the vanishing gradient problem.',
          claims: ['what-relu-is/derivative-at-zero', 'gradient-flow/gradients-preserved'],
        },
      ],
    },
    {
      heading: 'Advantages',
      sentences: [
        {
          text: 'Computational efficiency: only a comparison and a max.',
          claims: ['cost/a-max-and-a-comparison', 'cost/cheaper-than-exponentials', 'cost/faster-steps'],
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
            'dying-relu/poor-bias-kills',
          ],
          against: ['dying-relu/deeper-units-revive'],
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
        },
        {
          text: 'Sensitivity to initialisation: proper initialisation (He) is crucial.',
          claims: [
            'initialisation/he-is-crucial',
            'initialisation/he-is-best',
            'initialisation/worse-than-tanh',
            'initialisation/he-keeps-signals',
            'initialisation/he-keeps-the-typical-network',
            'gradient-flow/xavier-stalls',
          ],
          against: ['initialisation/patience-for-xavier'],
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
            'variants/usual-slope-changes-nothing',
          ],
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
        },
        {
          text: 'SELU (self-normalising: keeps mean near 0 and variance near 1).',
          claims: ['variants/selu-keeps-mean', 'variants/selu-keeps-variance', 'variants/selu-after-training'],
        },
        {
          text: 'Maxout (maximum of linear functions: flexible, computationally expensive).',
          claims: [
            'variants/maxout-one-unit-convex',
            'variants/maxout-two-units-anything',
            'variants/maxout-expensive',
          ],
        },
      ],
    },
  ],
  papers: [
    {
      citation: 'Glorot & Bengio 2010',
      says: 'tanh saturates layer by layer from the first on, sigmoid in the top hidden layer.',
      checked: false,
      claims: ['gradient-flow/tanh-saturates-from-below', 'gradient-flow/sigmoid-saturates-from-above'],
    },
    {
      citation: 'Glorot, Bordes & Bengio 2011',
      says: 'Trained rectifier networks have 68 % to 83 % of exact zeros, with an L1 penalty on the activations.',
      checked: false,
      claims: ['sparsity/glorot-range'],
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
      checked: true,
      claims: ['folding-space/montufar-attained'],
    },
    {
      citation: 'Telgarsky 2015',
      says: 'The tent map composed k times has 2ᵏ linear pieces, with 2k units.',
      checked: true,
      claims: ['folding-space/tent-doubles'],
    },
    {
      citation: 'He et al. 2015',
      says: 'Thirty layers converge from He initialisation and stall from Xavier’s; squared signals change by σ_w²/2 a layer.',
      checked: false,
      claims: [
        'gradient-flow/relu-trains-deep',
        'gradient-flow/xavier-stalls',
        'initialisation/he-keeps-signals',
        'initialisation/xavier-halves-signals',
      ],
    },
    {
      citation: 'Clevert et al. 2015',
      says: 'ELU pushes mean activations closer to 0 than ReLU.',
      checked: false,
      claims: ['variants/elu-mean-at-start', 'variants/elu-mean-closer', 'variants/elu-mean-closer-relative'],
    },
    {
      citation: 'Poole et al. 2016',
      says: 'The squared length follows q′ = σ_w² E[φ(√q z)²] + σ_b² from layer to layer, and order and chaos meet at χ₁ = 1.',
      checked: true,
      claims: ['exploding-activations/half-the-weight-variance', 'gradient-flow/growth-is-predicted'],
    },
    {
      citation: 'Schoenholz et al. 2017',
      says: 'Networks train up to a depth of about 6 ξ.',
      checked: false,
      claims: ['initialisation/six-xi', 'initialisation/not-beyond-six-xi'],
    },
    {
      citation: 'Klambauer et al. 2017',
      says: 'SELU has the stable fixed point (0, 1) of mean and variance, near which the variance contracts by 0.7826 a layer.',
      checked: true,
      claims: ['variants/selu-fixed-point', 'variants/selu-contraction'],
    },
    {
      citation: 'Hanin 2018',
      says: 'The fluctuations of gradients grow with β, the sum of 1/width over the layers.',
      checked: true,
      claims: ['initialisation/finite-width-law'],
    },
    {
      citation: 'Lu et al. 2019',
      says: 'The probability that a network of width N and L weight layers is born dead is at most 1 − (1 − 2⁻ᴺ)^(L−1).',
      checked: true,
      claims: ['dying-relu/born-dead-on-one-input', 'dying-relu/born-dead-between-bounds'],
    },
    {
      citation: 'Hanin & Rolnick 2019',
      says: 'Linear regions on a line grow with the number of units, whatever the depth: about one breakpoint a unit.',
      checked: true,
      claims: ['folding-space/grow-with-neurons', 'folding-space/crossings-by-layer'],
    },
    {
      citation: 'Yang et al. 2019',
      says: 'With batch norm and ReLU squared gradients grow by π/(π − 1) = 1.467 a layer.',
      checked: true,
      claims: ['exploding-activations/batch-norm-explodes-gradients'],
    },
  ],
});
