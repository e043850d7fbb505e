using Lightport.Admission;
using Lightport.Exchanges.Rules;

namespace Lightport.Enrichment.Sources;

/// <summary>What a source is to be asked for a request.</summary>
/// <param name="Problem">Why it cannot be; null where it can.</param>
internal sealed record SourcePlan(SourceQuestion Question, string? Problem)
{
    public ContextSource Source => Question.Source;

    /// <summary>Null where the source is not for this request.</summary>
    public static SourcePlan? Of(ContextSource source, RequestValues values, Caller caller)
    {
        var question = new SourceQuestion(source, null, "");
        switch (source.When is { } condition ? values.IsTrue(condition) : true)
        {
            case false:
                return null;
            case null:
                return new SourcePlan(question, "its condition cannot be evaluated");
        }

        if (source is not RestSource rest)
        {
            return new SourcePlan(question, null);
        }

        string scope = rest.Address.ReadsKey ? caller.KeyId ?? caller.Name : "";
        return rest.Address.Fill(values) is { } address
            ? new SourcePlan(question with { Address = address, Scope = scope }, null)
            : new SourcePlan(question, "no address comes of its formulas");
    }
}
