using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI;

/// <summary>
/// Fields by which one request is worked on more than once at its provider, each time with a prompt and an answer of
/// its own, so that the most tokens of an answer bound nothing.
/// </summary>
internal static class AgentFields
{
    /// <summary>Why nothing bounds such a request; null where it has none of them.</summary>
    /// <seealso href="https://developers.openai.com/api/docs/guides/responses-multi-agent"/>
    /// <seealso href="https://developers.openai.com/api/docs/guides/reasoning"/>
    public static string? Unbounded(JsonEnvelope body)
    {
        if (NeedFields.IsSaid(body, "multi_agent"))
        {
            return "nothing bounds how many agents work on it; leave 'multi_agent' out";
        }

        return NeedFields.Mentions(NeedFields.Value(body, "reasoning"), "\"pro\""u8)
            ? "nobody says how often the mode 'pro' reads and writes; leave 'mode' out of 'reasoning'"
            : null;
    }
}
