package dev.pequel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Drops spans of SQL outside any request, evaluation or segment job. Otherwise each poll for jobs, about once per
 * second, would be a trace of its own.
 */
@Singleton
class SqlOfTraces implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addSamplerCustomizer((configured, settings) -> new WithParent(configured));
    }

    /** @param others the sampler for all other spans */
    private record WithParent(Sampler others) implements Sampler {

        @Override
        public SamplingResult shouldSample(
                Context parent,
                String traceId,
                String name,
                SpanKind kind,
                Attributes attributes,
                List<LinkData> links) {
            boolean isAlone = kind == SpanKind.CLIENT
                    && !Span.fromContext(parent).getSpanContext().isValid();
            return isAlone
                    ? SamplingResult.drop()
                    : others.shouldSample(parent, traceId, name, kind, attributes, links);
        }

        @Override
        public String getDescription() {
            return "WithParent{" + others.getDescription() + "}";
        }
    }
}
