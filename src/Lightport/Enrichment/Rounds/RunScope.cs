using Lightport.Exchanges.Limits;
using Lightport.Mcp;
using Lightport.Routing;

namespace Lightport.Enrichment.Rounds;

/// <summary>For whom tools are run.</summary>
/// <param name="Target">Whose model is told what comes of it.</param>
/// <param name="Bill">Takes what it costs.</param>
internal sealed record RunScope(McpCaller Caller, Target Target, RunBill Bill);
