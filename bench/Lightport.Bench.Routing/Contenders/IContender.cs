using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Upstreams;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>One process that sends clients' requests to upstreams.</summary>
internal interface IContender
{
    /// <summary>
    /// Serves a request up to its answer's first content; null where it fails. Whoever reads the answer to its end
    /// calls <see cref="Served.End"/>.
    /// </summary>
    ValueTask<Served?> SendAsync(SimulatedRequest request);
}
