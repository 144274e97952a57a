package dev.pequel.profile.importing.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * Base of parsers that inspect every token. {@link #nextToken} is called for the tokens of skipped values too, which
 * the underlying parser would skip by itself.
 */
abstract class EveryTokenParser extends JsonParserDelegate {

    EveryTokenParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        if (currentToken() != null && currentToken().isStructStart()) {
            int open = 1;
            while (open > 0) {
                JsonToken token = nextToken();
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        }
        return this;
    }
}
