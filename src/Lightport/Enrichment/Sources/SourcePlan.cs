using Lightport.Exchanges.Rules;
using Lightport.Mcp;

namespace Lightport.Enrichment.Sources;

/// <summary>What a source is to be asked for a request.</summary>
/// <param name="Caller">For whom.</param>
/// <param name="Problem">Why it cannot be; null where it can.</param>
internal sealed record SourcePlan(SourceQuestion Question, McpCaller Caller, string? Problem)
{
    public ContextSource Source => Question.Source;

    /// <summary>Where it is asked once the model has said with what; null where it needs to say nothing.</summary>
    public AddressTemplate? Open { get; init; }

    /// <summary>Null where the source is not for this request.</summary>
    public static SourcePlan? Of(ContextSource source, RequestValues values, McpCaller caller)
    {
        var question = new SourceQuestion(source, null, "");
        string problem = "";
        switch (source.When is { } condition ? values.IsTrue(condition, out problem) : true)
        {
            case false:
                return null;
            case null:
                return new SourcePlan(question, caller, $"its condition cannot be evaluated: {problem}");
        }

        switch (source)
        {
            case McpSource:
                // What a server says to one caller may be none of another's affair.
                return new SourcePlan(question with { Scope = caller.Scope }, caller, null);
            case RestSource rest:
                string scope = rest.Address.ReadsKey ? caller.Scope : "";
                if (rest.Address.Arguments.Count > 0)
                {
                    return rest.Address.Settle(values, out problem) is { } open
                        ? new SourcePlan(question with { Scope = scope }, caller, null) { Open = open }
                        : new SourcePlan(question, caller, $"no address comes of its expressions: {problem}");
                }

                return rest.Address.Fill(values, out problem) is { } address
                    ? new SourcePlan(question with { Address = address, Scope = scope }, caller, null)
                    : new SourcePlan(question, caller, $"no address comes of its expressions: {problem}");
            default:
                return new SourcePlan(question, caller, null);
        }
    }
}
