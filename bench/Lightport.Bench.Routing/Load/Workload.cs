namespace Lightport.Bench.Routing.Load;

/// <summary>Makes a plan's requests, the same for each contender.</summary>
internal static class Workload
{
    /// <returns>In the order in which they come.</returns>
    public static IReadOnlyList<SimulatedRequest> Create(LoadPlan plan, ulong seed)
    {
        var chance = new Chance(seed, "load");
        var requests = new List<SimulatedRequest>();
        Session[] running = new Session[plan.Sessions];
        int begun = 0;
        for (int i = 0; i < running.Length; i++)
        {
            // In the middle of its life, as most sessions are at any moment.
            running[i] = new Session(begun++, chance.Next64(), chance.Below(plan.Turns));
        }

        TimeSpan mean = TimeSpan.FromSeconds(1 / plan.PerSecond);
        for (TimeSpan at = chance.Exponential(mean); at < plan.Length; at += chance.Exponential(mean))
        {
            ref Session session = ref running[chance.Below(running.Length)];
            int answer = 1 + (int)(plan.Answer * -Math.Log(1 - chance.Next()));
            requests.Add(new SimulatedRequest(
                requests.Count,
                at,
                session.Number,
                session.Affinity,
                plan.FirstPrompt + (session.Turn * plan.Growth),
                Math.Min(answer, plan.Answer * 5)));
            session = session.Turn + 1 < plan.Turns
                ? session with { Turn = session.Turn + 1 }
                : new Session(begun++, chance.Next64(), 0);
        }

        return requests;
    }

    private readonly record struct Session(int Number, ulong Affinity, int Turn);
}
