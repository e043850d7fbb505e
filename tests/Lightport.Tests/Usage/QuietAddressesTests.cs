using Lightport.Tests.Exchanges;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Usage;

public sealed class QuietAddressesTests
{
    [Theory]
    [InlineData("Default", "Trace")]
    [InlineData("Microsoft.AspNetCore.Hosting", "Information")]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", "Trace")]
    public void AddLightport_WhateverTheSettingsAsk_LogsNoAddresses(string category, string level)
    {
        foreach (string section in (string[])["LogLevel", $"{typeof(CapturedLog).FullName}:LogLevel"])
        {
            IConfiguration settings = new ConfigurationBuilder()
                .AddInMemoryCollection([new($"{section}:{category}", level)])
                .Build();
            using var log = new CapturedLog();
            using ServiceProvider services = new ServiceCollection()
                .AddLightport(settings)
                .AddLogging(logging => logging.AddConfiguration(settings).AddProvider(log))
                .BuildServiceProvider();

            ILogger logger = services.GetRequiredService<ILoggerFactory>()
                .CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics");

            Assert.False(logger.IsEnabled(LogLevel.Information), section);
            Assert.True(logger.IsEnabled(LogLevel.Warning), section);
        }
    }
}
