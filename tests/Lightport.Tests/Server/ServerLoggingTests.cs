using Lightport.Server.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Server;

public sealed class ServerLoggingTests
{
    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", true)]
    [InlineData("Lightport.Gateway", true)]
    public async Task Errors_OfAllButTheHostOnEachRequest_AreHeard(string category, bool heard)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging(logging => logging.AddLightport())
            .BuildServiceProvider();

        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

        // The host makes an activity and a scope for each request where its own logger hears anything at all.
        Assert.Equal(heard, logger.IsEnabled(LogLevel.Critical));
    }
}
