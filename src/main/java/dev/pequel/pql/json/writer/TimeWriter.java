package dev.pequel.pql.json.writer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeTest;
import java.io.IOException;
import java.util.List;

/** Writes {@code occurs} nodes and chains. */
final class TimeWriter {

    private final NodeWriter nodes;
    private final NodeOutput output;
    private final JsonGenerator json;

    TimeWriter(NodeWriter nodes, NodeOutput output) {
        this.nodes = nodes;
        this.output = output;
        this.json = output.json();
    }

    void occurs(Expression.Occurs occurs, WritingScope place) throws IOException {
        output.start("occurs");
        json.writeFieldName("timestamp");
        nodes.expression(occurs.timestamp(), place);
        timeTest(occurs.test(), place);
        json.writeEndObject();
    }

    private void timeTest(TimeTest test, WritingScope place) throws IOException {
        switch (test) {
            case TimeTest.Within within -> {
                json.writeFieldName("timeinterval");
                time(within.anchor(), place);
                relation(within.direction().word());
                json.writeFieldName("qualification");
                output.start("timeQualification");
                json.writeFieldName("duration");
                output.start("duration");
                json.writeFieldName("count");
                output.literal(new Scalar.Int(within.count()));
                json.writeFieldName("unit");
                output.literal("TimeUnit", within.unit().singular());
                json.writeEndObject();
                json.writeFieldName("comparison");
                output.literal("Comparison", within.operator().symbol());
                json.writeEndObject();
            }
            case TimeTest.Side side -> {
                json.writeFieldName("timeinterval");
                time(side.anchor(), place);
                relation(side.direction().word());
            }
            case TimeTest.On on -> {
                json.writeFieldName("timeinterval");
                time(on.time(), place);
                relation("on");
            }
            case TimeTest.Between between -> {
                json.writeFieldName("timeinterval");
                output.start("range");
                json.writeFieldName("start");
                time(between.from(), place);
                json.writeFieldName("end");
                time(between.to(), place);
                json.writeEndObject();
                relation("between");
            }
        }
    }

    private void relation(String word) throws IOException {
        json.writeFieldName("relation");
        output.literal("TimeDirection", word);
    }

    private void time(TimeTest.Time time, WritingScope place) throws IOException {
        switch (time) {
            case TimeTest.Time.Period period -> {
                output.start("literal");
                json.writeStringField("literalType", "TimeInterval");
                json.writeStringField("relation", period.period().word());
                json.writeStringField("unit", period.unit().singular());
                json.writeEndObject();
            }
            case TimeTest.Time.Value value -> nodes.expression(value.expression(), place);
        }
    }

    void chain(Expression.Chain chain, WritingScope place) throws IOException {
        output.start("chain");
        json.writeFieldName("array");
        nodes.expression(chain.list(), place);
        json.writeFieldName("timestampField");
        String item = nodes.freshItem(place);
        output.startLambda(List.of(item));
        json.writeFieldName("body");
        output.startLookup(chain.timestampField());
        output.variable(item);
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("elements");
        for (Expression.Chain.Link link : chain.links()) {
            json.writeStartObject();
            json.writeStringField("label", link.label());
            json.writeFieldName("what");
            nodes.implicitItem(link.condition(), place);
            if (link.when().isPresent()) {
                json.writeFieldName("when");
                output.start("occurs");
                timeTest(link.when().get(), place);
                json.writeEndObject();
            }
            if (link.count().isPresent()) {
                json.writeNumberField("count", link.count().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
