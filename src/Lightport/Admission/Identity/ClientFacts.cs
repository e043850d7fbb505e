using Lightport.Storage;

namespace Lightport.Admission.Identity;

/// <summary>What the members of a group may do, as a client key would have it.</summary>
/// <param name="Limits">How much each of them may use; null where nothing is said of it.</param>
internal sealed record ClientFacts(
    ModelAllowList Models, IReadOnlyDictionary<string, string> Tags, LimitAmounts? Limits);
