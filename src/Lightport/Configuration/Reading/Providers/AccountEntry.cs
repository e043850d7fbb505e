using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>One of several accounts of a provider, as it is written.</summary>
/// <param name="Account">What sets it apart from the others.</param>
/// <param name="Provider">The provider as if it had this account alone.</param>
internal sealed record AccountEntry(ProviderAccount Account, MappingNode Provider);
