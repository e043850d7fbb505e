using Lightport.Bench.Routing.Clock;
using Lightport.Bench.Routing.Contenders;
using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Scenarios;
using Lightport.Bench.Routing.Upstreams;

namespace Lightport.Bench.Routing.Run;

/// <summary>One contender in one scenario.</summary>
internal static class Simulation
{
    /// <param name="seed">All chance comes from it: the same seed is the same run, to the last figure.</param>
    public static Figures Run(Scenario scenario, ContenderPlan contender, ulong seed)
    {
        // With a context, what a timer wakes would go on on a thread of the pool.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return new Figures(Drive(scenario, contender, seed), scenario.Upstreams.Count);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static Journal Drive(Scenario scenario, ContenderPlan contender, ulong seed)
    {
        var time = new VirtualTime();
        var journal = new Journal();
        Upstream[] upstreams =
            [.. scenario.Upstreams.Select((plan, number) => new Upstream(number, plan, seed, time, journal))];
        IContender[] instances = [.. Enumerable.Range(0, scenario.Instances).Select(number => contender.Create(
            new Surroundings(scenario, upstreams, time, new Chance(seed, $"instance {number}"))))];
        var balancer = new Chance(seed, "balancer");
        IReadOnlyList<SimulatedRequest> requests = Workload.Create(scenario.Load, seed);
        Task all = SendAllAsync();
        while (!all.IsCompleted)
        {
            if (!time.Step())
            {
                throw new InvalidOperationException("A request waits for something that will never be.");
            }
        }

        all.GetAwaiter().GetResult();
        return journal;

        async Task SendAllAsync()
        {
            var open = new List<Task>();
            foreach (SimulatedRequest request in requests)
            {
                await Task.Delay(request.At - time.Now, time);
                journal.Arrive(request);
                open.Add(ServeAsync(instances[balancer.Below(instances.Length)], request));
            }

            await Task.WhenAll(open);
        }

        async Task ServeAsync(IContender instance, SimulatedRequest request)
        {
            if (await instance.SendAsync(request) is { } answered)
            {
                journal.Answer(request, time.Now);
                await answered.Answer.ReadAsync();
                answered.End();
            }
        }
    }
}
