using Microsoft.AspNetCore.Http;

namespace Lightport.Functions.Tests;

public sealed class GatewayResultTests
{
    [Fact]
    public async Task Execute_OnTheRealContext_HandsTheGatewayTheDoorAndTheFunctionsToken()
    {
        using var function = new CancellationTokenSource();
        var context = new DefaultHttpContext();
        (GatewayEndpoint, HttpContext, CancellationToken)? handled = null;
        var result = new GatewayResult(
            (endpoint, seen, token) =>
            {
                handled = (endpoint, seen, token);
                return Task.CompletedTask;
            },
            GatewayEndpoints.Messages,
            function.Token);

        await result.ExecuteAsync(context);

        Assert.Equal((GatewayEndpoints.Messages, context, function.Token), handled);
    }

    [Fact]
    public async Task Execute_GatewayStillAnswering_IsNotDone()
    {
        var answered = new TaskCompletionSource();
        var result = new GatewayResult((_, _, _) => answered.Task, GatewayEndpoints.Messages, CancellationToken.None);

        Task running = result.ExecuteAsync(new DefaultHttpContext());

        Assert.False(running.IsCompleted);
        answered.SetResult();
        await running;
    }
}
