/** Fonts and models with their SHA-256. A test compares them with the files, so that one is not replaced unnoticed. */
export const assets: Readonly<Record<string, string>> = {
  'lib/files/moderation/nsfw-mobilenet.bin':
    '8e7dddbb16acacc1bf1601b1b8a761e730ff934b7f2d7771312b2f000e5f5f13',
  'lib/files/moderation/nsfw-mobilenet.json':
    'feffc6868d61e412a4e7a22657a3d07a8a48df6e11688a9e25b77c23cb7b45c9',
  'lib/payments/receipt/fonts/Vazirmatn-Bold.ttf':
    'f635fdbea28f265de395ba83b4b1570dcf2f58d13c65469e61903b1c2d2ae723',
  'lib/payments/receipt/fonts/Vazirmatn-Regular.ttf':
    'b69fd4c680b8f3f225feabcc655a2c585d97627b8f5f5c0f9985e894069f3a56',
  'lib/styles/models/blazeface-back.bin': 'dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72',
  'lib/styles/models/blazeface-back.json': 'a765f7b2a6c1d841ecc0b0686e5f51b141b39b7bcdf2888542dc9d9fc4384a87',
  'lib/styles/models/selfie.bin': '8f57aaa72dc068a50bd37c232d2e073e107912241e459002e1480876676f382a',
  'lib/styles/models/selfie.json': '8b7f5f95c0159a83a7240b1298a67012cfffd0396bfa653bdf452913610e9a88',
  'public/fonts/vazirmatn-33.0.3-first.woff2':
    'e21e5007c51b681d3ac4f9f130cebb402491ad87c296a6f12b16dee532ccae1a',
  'public/fonts/vazirmatn-33.0.3-rest.woff2':
    '5d0815a14472711a0ecc3fa27d1069f5d42e6768402b70851f6373016c7b5129',
};
