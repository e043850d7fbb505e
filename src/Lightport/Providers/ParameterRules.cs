namespace Lightport.Providers;

/// <summary>What a provider or a model does not take as the dialect has it: body field to rule, in order.</summary>
public sealed record ParameterRules(IReadOnlyList<ParameterRule> Rules)
{
    public static ParameterRules None { get; } = new([]);
}
