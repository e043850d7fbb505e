namespace Lightport.Transport.Tokens;

/// <summary>Which token a provider wants.</summary>
/// <param name="Name">What catalog files call its source.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Scope">What it is to open.</param>
internal sealed record TokenScheme(string Name, ITokenSource Source, string Scope);
