using Lightport.Conformance.Cases;
using Lightport.Conformance.Clients;
using Lightport.Conformance.Upstreams;

namespace Lightport.Conformance.Running;

/// <summary>A cell that is still to be run.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Providers">Who answers; two where the session moves.</param>
/// <param name="Case">What is asked.</param>
/// <param name="IsStream">Whether answers are streamed.</param>
internal sealed record CellPlan(ClientScript Client, UpstreamScript[] Providers, Case Case, bool IsStream)
{
    /// <summary>The providers' dialects, in order.</summary>
    public string Route => string.Join(" → ", Providers.Select(provider => provider.Dialect));
}
