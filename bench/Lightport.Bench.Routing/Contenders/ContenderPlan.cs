using Lightport.Bench.Routing.Run;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>Who is measured, by the name in the report.</summary>
/// <param name="Create">Makes one process of it.</param>
internal sealed record ContenderPlan(string Name, Func<Surroundings, IContender> Create);
