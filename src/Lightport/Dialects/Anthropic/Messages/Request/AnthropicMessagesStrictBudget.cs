using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// What the API holds to schemas in one request, all of them together: more is refused
/// (https://platform.claude.com/docs/en/build-with-claude/structured-outputs#schema-complexity-limits).
/// </summary>
internal sealed class AnthropicMessagesStrictBudget
{
    private const int MostTools = 20;
    private const int MostOptional = 24;
    private const int MostUnions = 16;

    private int _tools;
    private int _optional;
    private int _unions;

    public bool TakesAnswer(JsonElement schema) => Takes(schema, tools: 0);

    public bool TakesTool(JsonElement schema) => Takes(schema, tools: 1);

    private bool Takes(JsonElement schema, int tools)
    {
        if (JsonSchemaFit.Of(schema) is not { } fit
            || _tools + tools > MostTools
            || _optional + fit.Optional > MostOptional
            || _unions + fit.Unions > MostUnions)
        {
            return false;
        }

        (_tools, _optional, _unions) = (_tools + tools, _optional + fit.Optional, _unions + fit.Unions);
        return true;
    }
}
