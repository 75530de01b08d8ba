// What gRPC's own client for Node.js makes of a node: node client.js <host:port> <folder of proto files> <account>.
'use strict';
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const assert = require('node:assert');

const [address, protos, account] = process.argv.slice(2);
const files = ['trading', 'market_data', 'feed'].map(name => `replicatedbook/v1/${name}.proto`)
  .concat('grpc/health/v1/health.proto', 'grpc/reflection/v1/reflection.proto');
const types = grpc.loadPackageDefinition(
  loader.loadSync(files, {
    includeDirs: [protos], keepCase: true, longs: String, enums: String, defaults: true, oneofs: true,
  }));
const v1 = types.replicatedbook.v1;
const open = Service => new Service(address, grpc.credentials.createInsecure());
const trading = open(v1.Trading);
const order = (side, ticks, lots) => ({
  account_id: account, instrument: 'BTC-USD', side, type: 'ORDER_TYPE_LIMIT', price_ticks: ticks, qty_lots: lots,
});

function unary(client, method, request, metadata = new grpc.Metadata(), options = {}) {
  return new Promise(resolve => {
    let headers;
    const call = client[method](request, metadata, options, (error, reply) => resolve({ error, reply, headers }));
    call.on('metadata', given => { headers = given; });
  });
}

const tests = {
  async unary() {
    const metadata = new grpc.Metadata();
    metadata.set('request-id', 'from-node');
    const { error, reply, headers } = await unary(trading, 'PlaceOrder', order('SIDE_BUY', 123, 5), metadata);
    assert.ifError(error);
    assert.strictEqual(reply.order.price_ticks, '123');
    assert.strictEqual(reply.order.status, 'ORDER_STATUS_OPEN');
    assert.strictEqual(reply.receipt.digest.length, 32);
    assert.deepStrictEqual(headers.get('request-id'), ['from-node']);
    assert.deepStrictEqual(headers.get('rb-index'), [reply.receipt.index]);
  },
  async error() {
    const { error } = await unary(trading, 'PlaceOrder', { ...order('SIDE_BUY', 1, 1), account_id: 'a999999' });
    assert.strictEqual(error.code, grpc.status.NOT_FOUND);
    assert.match(error.details, /account/);
    assert.deepStrictEqual(error.metadata.get('rb-code'), ['not_found']);
    assert.deepStrictEqual(error.metadata.get('rb-outcome'), ['rejected']);
    const unknown = await unary(open(v1.MarketData), 'GetBook', { instrument: 'é' });
    assert.strictEqual(unknown.error.code, grpc.status.NOT_FOUND);
  },
  async deadline() {
    const request = { instrument: 'BTC-USD', read: { consistency: 'CONSISTENCY_WEAK', min_index: '99999999' } };
    const { error } = await unary(
      open(v1.MarketData), 'GetBook', request, new grpc.Metadata(), { deadline: Date.now() + 150 });
    assert.strictEqual(error.code, grpc.status.DEADLINE_EXCEEDED);
  },
  async streaming() {
    const stream = open(v1.MarketData).StreamBook({ instrument: 'BTC-USD', depth: 5 });
    const kinds = [];
    await new Promise((resolve, reject) => {
      stream.on('error', error => error.code === grpc.status.CANCELLED ? resolve() : reject(error));
      stream.on('data', update => {
        kinds.push(update.kind);
        if (kinds.length === 1) {
          unary(trading, 'PlaceOrder', order('SIDE_BUY', 124, 5));
        } else {
          stream.cancel();
        }
      });
    });
    assert.deepStrictEqual(kinds.slice(0, 2), ['KIND_SNAPSHOT', 'KIND_DELTA']);
  },
  async session() {
    const session = trading.Session();
    const tags = new Set();
    const ended = new Promise((resolve, reject) => {
      session.on('data', reply => {
        assert.strictEqual(reply.reply, 'order');
        tags.add(reply.tag);
      });
      session.on('error', reject);
      session.on('end', resolve);
    });
    for (let tag = 1; tag <= 500; tag++) {
      session.write({ tag, place: order(tag % 2 ? 'SIDE_BUY' : 'SIDE_SELL', 100 + tag % 7, 1) });
    }
    session.end();
    await ended;
    assert.strictEqual(tags.size, 500);
  },
  async health() {
    const health = open(types.grpc.health.v1.Health);
    const { error, reply } = await unary(health, 'Check', { service: '' });
    assert.ifError(error);
    assert.strictEqual(reply.status, 'SERVING');
    const first = await new Promise((resolve, reject) => {
      const watch = health.Watch({ service: 'replicatedbook.v1.Trading' });
      watch.on('error', error => error.code === grpc.status.CANCELLED || reject(error));
      watch.on('data', told => { watch.cancel(); resolve(told); });
    });
    assert.strictEqual(first.status, 'SERVING');
  },
  async reflection() {
    const stream = open(types.grpc.reflection.v1.ServerReflection).ServerReflectionInfo();
    const answers = [];
    const ended = new Promise((resolve, reject) => {
      stream.on('data', answer => answers.push(answer));
      stream.on('error', reject);
      stream.on('end', resolve);
    });
    stream.write({ list_services: '' });
    stream.write({ file_containing_symbol: 'replicatedbook.v1.Trading' });
    stream.end();
    await ended;
    assert(answers[0].list_services_response.service.some(service => service.name === 'replicatedbook.v1.Feed'));
    assert(answers[1].file_descriptor_response.file_descriptor_proto.length > 0);
  },
};

(async () => {
  for (const [name, test] of Object.entries(tests)) {
    await test();
    console.log(`${name} ok`);
  }
  process.exit(0);
})().catch(error => { console.error(error); process.exit(1); });
