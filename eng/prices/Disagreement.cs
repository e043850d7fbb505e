namespace Lightport.PriceTables;

/// <summary>Something that the tables do not say alike.</summary>
/// <param name="What">A class, or what else differs.</param>
/// <param name="Said">What each of them says, in their order.</param>
/// <param name="Chosen">What is taken.</param>
/// <param name="Why">Why that is.</param>
internal sealed record Disagreement(
    string Provider,
    string Model,
    string What,
    IReadOnlyList<(string Source, string Value)> Said,
    string Chosen,
    string Why);
