import type { Span, SpanContext } from '@opentelemetry/api';
import { log } from '../log.ts';
import { traced } from './tracing.ts';

const isSpan = (parent: Span | SpanContext): parent is Span => 'spanContext' in parent;
const stopTimeoutMs = 3000;

/**
 * Has spans sent to a collector by OTLP over HTTP from now on. The libraries are loaded only here, so that a process
 * without a collector neither loads nor keeps them. The provider is ours alone and not registered: other libraries,
 * the framework for one, write addresses with tokens into their spans.
 *
 * @param endpoint The collector's base address, as OTEL_EXPORTER_OTLP_ENDPOINT names it.
 */
export async function startTracing(service: string, endpoint: string): Promise<void> {
  if (traced.tracing) return;
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const processor = new sdk.BatchSpanProcessor({ exporter, scheduledDelayMillis: 2000 });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `ai-stayler-${service}` }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('ai-stayler');
  traced.tracing = {
    tracer,
    startSpan(name, attributes, parent) {
      const root = api.ROOT_CONTEXT;
      const within = !parent
        ? root
        : isSpan(parent)
          ? api.trace.setSpan(root, parent)
          : api.trace.setSpanContext(root, parent);
      return tracer.startSpan(name, { attributes }, within);
    },
    async stop() {
      // A collector that is away must not keep a process from ending.
      const late = new Promise<void>((resolve) => setTimeout(resolve, stopTimeoutMs).unref());
      await Promise.race([provider.shutdown(), late]).catch((error: unknown) =>
        log.warn({ err: error }, 'the last spans were not sent'),
      );
    },
  };
  log.info('spans are sent to a collector');
}
