using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>
/// Finds conditions that say the same of every request. All that a request may hold is taken for unknown, which the
/// language's own <c>&amp;&amp;</c> and <c>||</c> do without where they can. What there are few of is gone through: the
/// operations, whether the answer is streamed, and the models and dialects that the condition itself demands.
/// </summary>
internal static class RuleReach
{
    /// <summary>A longer list is not gone through, and its members are unknown.</summary>
    private const int MostChoices = 64;

    private static readonly CelValue Unknown = CelValue.Error("unknown");

    /// <returns>What it always gives; null where that depends on the request, or it may fail.</returns>
    public static bool? Constant(CelProgram condition)
    {
        bool? all = null;
        foreach (RuleCase request in Cases(condition))
        {
            CelBindings bindings = RuleLanguage.Environment.Bind();
            bindings[RuleLanguage.Request] = CelValue.Of(request);
            CelValue value = condition.Evaluate(bindings, new CelMeter());
            if (value.IsError || value.IsTrue != (all ?? value.IsTrue))
            {
                return null;
            }

            all = value.IsTrue;
        }

        return all;
    }

    /// <summary>Whether it is an error whatever the request.</summary>
    public static bool AlwaysFails(CelProgram condition) =>
        condition.Reads.Count == 0
        && condition.Evaluate(RuleLanguage.Environment.Bind(), new CelMeter()).IsError;

    private static IEnumerable<RuleCase> Cases(CelProgram condition) =>
        from model in Choices(condition, "request.model")
        from dialect in Choices(condition, "request.dialect")
        from operation in RuleLanguage.Operations
        from stream in (bool[])[false, true]
        select new RuleCase(Unknown)
        {
            ["model"] = model,
            ["dialect"] = dialect,
            ["operation"] = CelValue.Of(operation),
            ["stream"] = CelValue.Of(stream),
        };

    private static IReadOnlyList<CelValue> Choices(CelProgram condition, string path) =>
        condition.ChoicesOf(path) is { Count: <= MostChoices } choices ? choices : [Unknown];
}
