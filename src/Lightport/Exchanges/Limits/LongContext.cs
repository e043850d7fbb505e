using Lightport.Dialects;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// The beta by which older models of Claude read five times what they do without, at a price of its own
/// (https://platform.claude.com/docs/en/build-with-claude/context-windows).
/// </summary>
internal static class LongContext
{
    public const string Beta = "context-1m";

    /// <summary>What a model reads with it.</summary>
    public const long Tokens = 1_000_000;

    private const string Header = "anthropic-beta";

    /// <summary>Whether a request says so, in its header or where Bedrock has it in the body.</summary>
    public static bool IsAskedFor(Exchange exchange) =>
        exchange.Request.Header(Header)?.Contains(Beta, StringComparison.OrdinalIgnoreCase) == true
        || (exchange.Request.IsJson
            && NeedFields.Mentions(NeedFields.Value(exchange.Request.Json, "anthropic_beta"), "context-1m"u8));
}
