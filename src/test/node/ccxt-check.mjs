// Trades on the simulated Kraken with ccxt, unchanged: only the address differs. Prints one JSON object with what it saw.
// Environment: EXCHANGE_URL, EXCHANGE_KEY, EXCHANGE_SECRET; CCXT_HOME is the folder with node_modules.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const ccxt = createRequire(join(process.env.CCXT_HOME, 'index.js'))('ccxt')
const kraken = new ccxt.kraken({
  apiKey: process.env.EXCHANGE_KEY,
  secret: process.env.EXCHANGE_SECRET,
  enableRateLimit: false
})
for (const part of Object.keys(kraken.urls.api)) {
  if (typeof kraken.urls.api[part] === 'string') kraken.urls.api[part] = process.env.EXCHANGE_URL
}

const seen = {}
await kraken.loadMarkets()
seen.symbols = kraken.symbols
seen.minimum = kraken.market('BTC/USD').limits.amount.min
seen.ticker = await kraken.fetchTicker('BTC/USD')
seen.book = (await kraken.fetchOrderBook('BTC/USD', 10)).asks.length
seen.balanceBefore = (await kraken.fetchBalance()).total

const market = await kraken.createOrder('BTC/USD', 'market', 'buy', 0.01)
seen.marketOrder = await kraken.fetchOrder(market.id, 'BTC/USD')
const limit = await kraken.createOrder('BTC/USD', 'limit', 'buy', 0.02, 40000)
seen.openOrders = (await kraken.fetchOpenOrders('BTC/USD')).map((order) => order.id)
seen.limitId = limit.id
const stop = await kraken.createOrder('BTC/USD', 'market', 'sell', 0.01, undefined, { stopLossPrice: 45000 })
seen.stopOrder = await kraken.fetchOrder(stop.id, 'BTC/USD')
await kraken.cancelOrder(limit.id, 'BTC/USD')
seen.canceled = (await kraken.fetchOrder(limit.id, 'BTC/USD')).status
seen.closedOrders = (await kraken.fetchClosedOrders('BTC/USD')).map((order) => order.id)
seen.trades = (await kraken.fetchMyTrades('BTC/USD')).map((trade) => trade.order)
seen.publicTrades = (await kraken.fetchTrades('BTC/USD')).length
seen.balanceAfter = (await kraken.fetchBalance()).total
try {
  await kraken.createOrder('BTC/USD', 'market', 'buy', 5)
} catch (refusal) {
  seen.refusal = refusal.constructor.name
}
console.log(JSON.stringify(seen))
