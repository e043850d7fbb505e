using Lightport.Routing.Rules;

namespace Lightport.Enrichment.Sources;

/// <summary>A piece of an address: a text, and what stands behind it.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Formula">What comes to a text for a request; null where none stands there.</param>
/// <param name="Argument">What a model says, by its name; null where none stands there.</param>
internal sealed record AddressPiece(string Text, RequestFormula? Formula = null, string? Argument = null);
