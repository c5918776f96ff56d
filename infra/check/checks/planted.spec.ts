import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { check } from '../check';
import { Descriptions } from '../describe/descriptions';
import { Sources } from '../read/sources';

const descriptions = new Descriptions(path.join(__dirname, '../types'));

/** Every fault in a house of these files, as `file:line:column message`. */
function faultsIn(files: Readonly<Record<string, string>>): readonly string[] {
  const house = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/house/${name}`, text]));
  return check(['/house/main.bicep'], new Sources(house), descriptions).map(
    ({ file, line, column, message }) => `${path.basename(file)}:${line}:${column} ${message}`,
  );
}

/** A small house without a fault; each row changes one text of it. */
const sound = {
  'main.bicep': `targetScope = 'subscription'

import { sizeType } from 'types.bicep'

@description('Where.')
param location string
param size sizeType = 'small'
param shared bool = false
@secure()
param password string

var counts = loadJsonContent('counts.json')

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-\${size}'
  location: location
}

module app 'app.bicep' = {
  scope: group
  params: {
    name: 'app'
    size: size
    count: counts.dev
    location: location
    password: password
    shared: shared
  }
}

output host string = app.outputs.host
`,
  'types.bicep': "@export()\ntype sizeType = 'small' | 'large'\n",
  'counts.json': '{ "dev": 2 }',
  'policy.xml': '<policies />',
  'app.bicep': `import * as types from 'types.bicep'

@minLength(2)
param name string
param size types.sizeType
param count int
param location string
param shared bool
@secure()
param password string

var plans = { small: 'FC1', large: 'EP1' }
var names = [for index in range(0, count): '\${name}\${index}']

func title(text string) string => toUpper(text)

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: title(name)
  location: location
  sku: { name: plans[size] }
  properties: { reserved: true }
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: 'stapp'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: shared
    minimumTlsVersion: 'TLS1_2'
    networkAcls: { defaultAction: 'Deny' }
  }
  resource blobs 'blobServices' = {
    name: 'default'
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = [for one in names: {
  parent: account::blobs
  name: one
  properties: { publicAccess: 'None' }
}]

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: 'app'
  location: location
  kind: 'functionapp,linux'
  dependsOn: [containers]
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: { appSettings: [{ name: 'PASSWORD', value: password }] }
  }
}

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'web'
  properties: { alwaysOn: false }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'lock'
  scope: account
  properties: { level: 'CanNotDelete', notes: loadTextContent('policy.xml') }
}

output host string = app.properties.defaultHostName
`,
};

type Row = readonly [what: string, file: keyof typeof sound, text: string, instead: string, fault: string];

const planted: readonly Row[] = [
  [
    'a text that is no Bicep',
    'app.bicep',
    "kind: 'StorageV2'",
    "kind: = 'StorageV2'",
    'an expression is expected, but here “=” stands',
  ],
  [
    'two members on one line',
    'app.bicep',
    '{ name: plans[size] }',
    "{ name: plans[size] tier: 'x' }",
    'a comma, the end of the line or “}” is expected, but here “tier” stands',
  ],
  [
    'a string without its end',
    'app.bicep',
    "kind: 'StorageV2'",
    "kind: 'StorageV2",
    'a string has no quote at its end on the same line',
  ],
  [
    'a misspelt property',
    'app.bicep',
    'httpsOnly: true',
    'httpOnly: true',
    'an object (properties) has no “httpOnly”; “httpsOnly” is meant?',
  ],
  [
    'a misspelt property of a variable that goes into a resource',
    'app.bicep',
    'properties: { reserved: true }',
    'properties: plans',
    'an object (properties) has no “small”; it has workerTierName',
  ],
  [
    'a wrong value of an enumeration',
    'app.bicep',
    "'TLS1_2'",
    "'TLS12'",
    '“TLS12” is nearly “TLS1_2”, which is meant?',
  ],
  [
    'a wrong value in one branch',
    'app.bicep',
    "'Deny'",
    "shared ? 'Deny' : 'Denied'",
    '“Denied” is not “Allow” or “Deny”',
  ],
  [
    'a string where a bool is wanted',
    'app.bicep',
    'httpsOnly: true',
    "httpsOnly: 'true'",
    '“true” is given, not a bool',
  ],
  [
    'a parameter of another type',
    'app.bicep',
    'httpsOnly: true',
    'httpsOnly: name',
    'a string is given, not a bool',
  ],
  [
    'an object where a list is wanted',
    'app.bicep',
    "[{ name: 'PASSWORD', value: password }]",
    '{ PASSWORD: password }',
    'an object is given, not an array',
  ],
  [
    'a missing property',
    'app.bicep',
    "  kind: 'StorageV2'\n",
    '',
    '“kind” is missing: an object (Microsoft.Storage/storageAccounts) must have it',
  ],
  [
    'a property that can only be read',
    'app.bicep',
    'httpsOnly: true',
    "httpsOnly: true\n    state: 'Running'",
    '“state” can only be read',
  ],
  [
    'a property that is said twice',
    'app.bicep',
    'httpsOnly: true',
    'httpsOnly: true\n    httpsOnly: true',
    '“httpsOnly” is said twice',
  ],
  [
    'a name that is not among those of a resource',
    'app.bicep',
    "name: 'web'",
    "name: 'webb'",
    '“webb” is no name of',
  ],
  ['a name that is too short for Azure', 'app.bicep', "'stapp'", "'st'", '“st” is shorter than 3 characters'],
  [
    'a resource type that is not described',
    'app.bicep',
    'Microsoft.Web/sites@2025-03-01',
    'Microsoft.Web/site@2025-03-01',
    "Microsoft.Web/site@2025-03-01 isn't described here",
  ],
  [
    'an API version that is not described',
    'app.bicep',
    'serverfarms@2025-03-01',
    'serverfarms@2015-03-01',
    "isn't described here; at 2025-03-01 it is (if it is right: npm run extract-types -- --from DIR Microsoft.Web/serverfarms@2015-03-01)",
  ],
  [
    'a resource type without its version',
    'app.bicep',
    'serverfarms@2025-03-01',
    'serverfarms',
    '“Microsoft.Web/serverfarms” is no resource type with its version',
  ],
  [
    'a parent of another type',
    'app.bicep',
    'parent: app',
    'parent: account',
    'the parent of Microsoft.Web/sites/config is a Microsoft.Web/sites, not a Microsoft.Storage/storageAccounts',
  ],
  [
    'a child without its parent',
    'app.bicep',
    '  parent: app\n',
    '',
    'Microsoft.Web/sites/config needs a parent, or a name of 2 parts',
  ],
  [
    'a resource of a group in a subscription',
    'main.bicep',
    "module app 'app",
    "resource vault 'Microsoft.Web/serverfarms@2025-03-01' = {\n  name: 'plan'\n  location: location\n}\n\nmodule app 'app",
    "Microsoft.Web/serverfarms can't be deployed in a subscription",
  ],
  [
    'a resource in the scope of another group',
    'app.bicep',
    'scope: account',
    "scope: resourceGroup('other')",
    'a resource lies where its file is deployed',
  ],
  [
    'something put on a resource that goes on none',
    'app.bicep',
    "  parent: app\n  name: 'web'",
    "  scope: account\n  name: 'app/web'",
    "Microsoft.Web/sites/config can't be put on another resource",
  ],
  [
    'an unknown parameter of a module',
    'main.bicep',
    '    shared: shared\n',
    '    shared: shared\n    colour: size\n',
    'an object (its parameters) has no “colour”',
  ],
  [
    'a missing parameter of a module',
    'main.bicep',
    '    count: counts.dev\n',
    '',
    '“count” is missing: an object (its parameters) must have it',
  ],
  [
    'a parameter of a module of another type',
    'main.bicep',
    'count: counts.dev',
    "count: 'two'",
    '“two” is given, not an int',
  ],
  [
    'a parameter that a module does not allow',
    'main.bicep',
    'size: size',
    "size: 'huge'",
    '“huge” is not “small” or “large”',
  ],
  [
    'a parameter that is too short for a module',
    'main.bicep',
    "name: 'app'",
    "name: 'a'",
    '“a” is shorter than 2 characters',
  ],
  [
    'a default that its own parameter does not allow',
    'main.bicep',
    "sizeType = 'small'",
    "sizeType = 'tiny'",
    '“tiny” is not “small” or “large”',
  ],
  [
    'an output of another type than it says',
    'app.bicep',
    'output host string',
    'output host int',
    'a string is given, not an int',
  ],
  [
    'a module in a scope that is not its own',
    'main.bicep',
    '  scope: group\n',
    '',
    'app.bicep is for a resourceGroup, not for a subscription: give it a scope',
  ],
  [
    'a member that a module has not',
    'main.bicep',
    '  scope: group\n',
    '  scope: group\n  parms: {}\n',
    'an object (a module) has no “parms”; “params” is meant?',
  ],
  ['a missing module', 'main.bicep', "'app.bicep'", "'ap.bicep'", 'there is no file ap.bicep'],
  [
    'a module of a registry',
    'main.bicep',
    "'app.bicep'",
    "'br/public:avm/res/web/site:0.1.0'",
    'modules are Bicep files beside this one',
  ],
  [
    'an unknown output of a module',
    'main.bicep',
    'app.outputs.host',
    'app.outputs.hots',
    'the outputs of app.bicep has no “hots”; “host” is meant?',
  ],
  [
    'an unknown property of a resource that is read',
    'app.bicep',
    'properties.defaultHostName',
    'properties.defaultHostnames',
    'properties has no “defaultHostnames”; “defaultHostName” is meant?',
  ],
  [
    'a member read of a list',
    'app.bicep',
    'dependsOn: [containers]',
    'tags: { one: containers.name }',
    'a list has no “name”: name one of its items',
  ],
  [
    'a name that nothing has',
    'main.bicep',
    'location: location\n}',
    'location: locaton\n}',
    'nothing is called “locaton”; “location” is meant?',
  ],
  ['an unknown type', 'app.bicep', 'param count int', 'param count integer', 'there is no type “integer”'],
  [
    'an unknown function',
    'app.bicep',
    'toUpper(text)',
    'upperCase(text)',
    'there is no function “upperCase”',
  ],
  [
    'an argument too many',
    'app.bicep',
    'toUpper(text)',
    "toUpper(text, 'x')",
    'toUpper takes 1 arguments, not 2',
  ],
  [
    'an argument too few for a function of the file',
    'app.bicep',
    'title(name)',
    'title()',
    'title takes 1 arguments, not 0',
  ],
  [
    'a function that no resource has',
    'app.bicep',
    'plan.id',
    'plan.identify()',
    'a resource has no function “identify”',
  ],
  [
    'an unknown decorator',
    'app.bicep',
    '@secure()',
    '@secret()',
    'there is no decorator “secret”; “secure” is meant?',
  ],
  [
    'an unknown child',
    'app.bicep',
    'account::blobs',
    'account::blob',
    'no resource “blob” is declared inside another',
  ],
  [
    'an unused parameter',
    'app.bicep',
    'param count int',
    "param count int\nparam colour string = ''",
    'the parameter “colour” is used nowhere: leave it out',
  ],
  [
    'an unused variable',
    'main.bicep',
    'var counts',
    'var total = 1\nvar counts',
    'the variable “total” is used nowhere: leave it out',
  ],
  [
    'an unused import',
    'main.bicep',
    'import { sizeType }',
    'import { sizeType, sizeType as other }',
    'the import “other” is used nowhere: leave it out',
  ],
  [
    'an unused function',
    'app.bicep',
    'title(name)',
    'name',
    'the function “title” is used nowhere: leave it out',
  ],
  [
    'an import of what is not exported',
    'main.bicep',
    'import { sizeType }',
    'import { sizeTypes as sizeType }',
    'types.bicep exports no “sizeTypes”',
  ],
  ['a missing import', 'app.bicep', "'types.bicep'", "'type.bicep'", 'there is no file type.bicep'],
  [
    'a name that is declared twice',
    'app.bicep',
    'var plans',
    "var names = 'x'\nvar plans",
    '“names” is declared twice',
  ],
  [
    'waiting for what is no resource',
    'app.bicep',
    'dependsOn: [containers]',
    'dependsOn: [name]',
    'dependsOn names resources and modules of this file alone',
  ],
  [
    'a secret in an output',
    'app.bicep',
    '= app.properties.defaultHostName',
    "= 'https://\${password}'",
    'the secret “password” is handed out',
  ],
  [
    'a key in an output',
    'app.bicep',
    '= app.properties.defaultHostName',
    '= account.listKeys().keys[0].value',
    'what listKeys() answers is handed out',
  ],
  [
    'a secret that a module does not keep',
    'app.bicep',
    '@secure()\n',
    '',
    'a secret is given to “password”, which is not marked @secure() in app.bicep',
  ],
  [
    'a secret that is written down',
    'app.bicep',
    'param password string',
    "param password string = 'tiger'",
    'the secret “password” is written down here',
  ],
  ['a missing file of text', 'app.bicep', "'policy.xml'", "'polices.xml'", 'there is no file polices.xml'],
  [
    'a file of text that is too long',
    'policy.xml',
    '<policies />',
    'x'.repeat(131_073),
    'policy.xml has 131073 characters: loadTextContent takes at most 131072',
  ],
  ['a missing file of JSON', 'main.bicep', "'counts.json'", "'count.json'", 'there is no file count.json'],
  ['a file that is no JSON', 'counts.json', '{ "dev": 2 }', '{ dev: 2 }', "counts.json isn't JSON"],
  [
    'a value that is wrong once it is worked out',
    'counts.json',
    '2',
    '"two"',
    'for “count” “two” is given, not an int',
  ],
  [
    'a variable that needs itself',
    'app.bicep',
    "large: 'EP1'",
    'large: string(plans)',
    '“plans” goes round in a circle',
  ],
  [
    'a table that lacks one of the choices',
    'app.bicep',
    "large: 'EP1'",
    "huge: 'EP1'",
    'there is no such item in what has small, huge (with size large)',
  ],
];

describe('the checker', () => {
  it('has nothing to say of a sound house', () => {
    expect(faultsIn(sound)).toEqual([]);
  });

  it('says where, by file, line and column', () => {
    const house = { ...sound, 'app.bicep': sound['app.bicep'].replace('httpsOnly', 'httpOnly') };
    expect(faultsIn(house)).toEqual([
      'app.bicep:52:5 an object (properties) has no “httpOnly”; “httpsOnly” is meant?',
    ]);
  });

  it.each(planted)('notices %s', (_, file, text, instead, fault) => {
    expect(sound[file]).toContain(text);
    const faults = faultsIn({ ...sound, [file]: sound[file].replace(text, () => instead) });
    expect(faults.join('\n')).toContain(fault);
    expect(faults).not.toEqual([]);
  });
});
