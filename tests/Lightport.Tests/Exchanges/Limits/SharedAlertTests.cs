using Lightport.Storage;
using Lightport.Tests.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Exchanges.Limits;

/// <summary>Of a budget that instances share each share is told by one of them.</summary>
public sealed class SharedAlertTests
{
    private const string Document = """
        providers: { openai: {} }
        models: { gpt: openai/gpt-4o }
        limits:
          - { name: house, per: all, budget: { usd: 0.0001, per: month }, alerts: [50, 100], then: alert }
        """;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Share_IsToldByOneInstance_AndByEachWhereTheStoreCannotSayWhose(bool isAway, int times)
    {
        var store = new AlertStore(isAway);
        using TestGateway one = Instance(store);
        using TestGateway other = Instance(store);
        for (int i = 0; i < 5; i++)
        {
            await ChatAsync(one);
            await ChatAsync(other);
        }

        string[] told = [.. new[] { one, other }
            .SelectMany(gateway => gateway.Log.Lines)
            .Where(line => line.EventId == 801)
            .Select(line => line.Text.Split(':')[0])];
        Assert.Equal(times, told.Count(text => text == "The budget house of all is used to 100 %"));
        Assert.InRange(told.Count(text => text == "The budget house of all is used to 50 %"), 1, times);
    }

    private static TestGateway Instance(AlertStore store) => new(
        "", document: Document, configure: services => services.AddSingleton<ILimitStore>(store));

    private static async Task ChatAsync(TestGateway gateway)
    {
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        Assert.Equal(200, (await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("gpt", Wires.Chat))).Status);
    }

    /// <summary>One for both, which may fail where it is asked who tells.</summary>
    private sealed class AlertStore(bool isAway) : ILimitStore
    {
        private readonly MemoryLimitStore _store = new(new ManualTimeProvider());

        public bool IsNear => true;

        public ValueTask<LimitReading> ReadAsync(LimitPlace place, int number, CancellationToken cancellationToken) =>
            _store.ReadAsync(Answered(place), number, cancellationToken);

        public ValueTask<LimitReading> ReadAllAsync(LimitPlace place, CancellationToken cancellationToken) =>
            _store.ReadAllAsync(Answered(place), cancellationToken);

        public ValueTask<bool> WriteAsync(LimitPlace place, LimitRow row, CancellationToken cancellationToken) =>
            _store.WriteAsync(Answered(place), row, cancellationToken);

        private LimitPlace Answered(LimitPlace place) =>
            isAway && place.Counter.Contains("alert:", StringComparison.Ordinal)
                ? throw new StoreException(StoreFailure.Damaged, "Somebody edited it.")
                : place;
    }
}
