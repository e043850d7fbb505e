using Lightport.Configuration;
using Lightport.Configuration.Reading;
using Lightport.Storage;
using Lightport.Usage;
using Lightport.Usage.Receipts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Lightport;

/// <summary>Puts receipts of requests behind the gateway, unless they are switched off.</summary>
public static class GatewayReceipts
{
    /// <summary>How long receipts are kept: <c>7d</c>; <c>off</c> for not at all.</summary>
    private const string KeptSetting = "LIGHTPORT_RECEIPTS_KEPT";

    private const string Off = "off";

    private static readonly TimeSpan UsuallyKept = TimeSpan.FromDays(7);

    private static readonly TimeSpan ShortestKept = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(30);

    private static readonly ServiceDescriptor[] Ledger =
    [
        ServiceDescriptor.Singleton<ReceiptLedger, ReceiptLedger>(),
        ServiceDescriptor.Singleton<IUsageSink>(provider => provider.GetRequiredService<ReceiptLedger>()),
        ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<ReceiptLedger>()),
    ];

    /// <summary>Null where none are to be kept.</summary>
    /// <exception cref="ConfigurationException">The setting is no length of time, or none that is possible.</exception>
    public static TimeSpan? Kept(IConfiguration settings) => settings[KeptSetting] switch
    {
        null or "" => UsuallyKept,
        Off => null,
        var text => Durations.Parse(text, ShortestKept, LongestKept) ?? throw new ConfigurationException(
            $"{KeptSetting} is '{text}'; set it to a length of time from 1h to 30d, as in 24h or 7d, or to {Off}."),
    };

    /// <summary>In place of what is there already.</summary>
    /// <param name="store">Null to keep none.</param>
    internal static void SetReceipts(this IServiceCollection services, Func<IServiceProvider, IReceiptStore>? store)
    {
        services.RemoveAll<IReceiptStore>();
        foreach (ServiceDescriptor service in Ledger)
        {
            services.Remove(service);
        }

        if (store is not null)
        {
            services.AddSingleton(store);
            foreach (ServiceDescriptor service in Ledger)
            {
                services.Add(service);
            }
        }
    }
}
