using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>
/// Finds conditions that say the same of every request. All that a request may hold is taken for unknown, which the
/// language's own <c>&amp;&amp;</c> and <c>||</c> do without where they can; only the operation and whether the answer
/// is streamed are gone through, of which there are few.
/// </summary>
internal static class RuleReach
{
    /// <returns>What it always gives; null where that depends on the request, or it may fail.</returns>
    public static bool? Constant(CelProgram condition)
    {
        bool? all = null;
        foreach (string operation in RuleLanguage.Operations)
        {
            foreach (bool stream in (bool[])[false, true])
            {
                CelBindings bindings = RuleLanguage.Environment.Bind();
                bindings[RuleLanguage.Request] = CelValue.Of(new UnknownRequest(operation, stream));
                CelValue value = condition.Evaluate(bindings, new CelMeter());
                if (value.IsError || value.IsTrue != (all ?? value.IsTrue))
                {
                    return null;
                }

                all = value.IsTrue;
            }
        }

        return all;
    }

    /// <summary>Whether it is an error whatever the request.</summary>
    public static bool AlwaysFails(CelProgram condition) =>
        condition.Reads.Count == 0
        && condition.Evaluate(RuleLanguage.Environment.Bind(), new CelMeter()).IsError;

    private sealed class UnknownRequest(string operation, bool stream) : ICelObject
    {
        public bool TryGetField(string name, out CelValue value)
        {
            value = name switch
            {
                "operation" => CelValue.Of(operation),
                "stream" => CelValue.Of(stream),
                _ => CelValue.Error("unknown"),
            };
            return true;
        }
    }
}
