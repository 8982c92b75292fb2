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
  'lib/styles/models/blazeface-back.bin.gz':
    '91ca9d9e4429f680b7a38d5f069a98c26637e514777a0a7150c6fa33948b98d6',
  'lib/styles/models/blazeface-back.json': 'ff50fa62c40afeb66624911d8455913ac910edb7e85d7c201f4d6abe2e994090',
  'lib/styles/models/facemesh.bin.gz': 'c91b8baa35d2b17b96425ec4e0a57c682697939d678e87d80acaf0c01bc82825',
  'lib/styles/models/facemesh.json': '267cf48b2f3825e53a2fa160dfe9a14c422f6e99c3c9628b0eb5dc2de95fb08b',
  'lib/styles/models/selfie.bin.gz': '8dce3a8a17973ea86d0bab0bd6ca8f8d57d4f8d3b0c53810839618acf6846bac',
  'lib/styles/models/selfie.json': '432cc437da68181bbe763c787d0374a11f22136a4bf69c5a22c91f237eb4eb9d',
  'public/fonts/vazirmatn-33.0.3-first.woff2':
    'e21e5007c51b681d3ac4f9f130cebb402491ad87c296a6f12b16dee532ccae1a',
  'public/fonts/vazirmatn-33.0.3-rest.woff2':
    '5d0815a14472711a0ecc3fa27d1069f5d42e6768402b70851f6373016c7b5129',
};
