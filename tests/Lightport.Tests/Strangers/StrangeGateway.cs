using Lightport.Dialects;
using Lightport.Providers;
using Lightport.Tests.Exchanges;
using Lightport.Strangers.Form;
using Lightport.Strangers.Frames;
using Lightport.Strangers.PathChat;
using Lightport.Transport.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Strangers;

/// <summary>
/// A gateway whose host has added three dialects that nothing of the gateway knows: each brings its operation, its
/// doors, its provider's file and what else it needs, and no more.
/// </summary>
internal static class StrangeGateway
{
    public const string Providers = "  path-chat: {}\n  frames: {}\n  form: {}\n\n";

    public static TestGateway Create(string models) => new(models, providers: Providers, configure: Register);

    public static void Register(IServiceCollection services) => services
        .AddSingleton(PathChatDialect.Chat)
        .AddSingleton(PathChatDialect.Generate)
        .AddSingleton(PathChatDialect.Stream)
        .AddSingleton<IClientFamily>(PathChatClients.Instance)
        .AddSingleton(new ProviderFile("path-chat.json", PathChatDialect.Provider))
        .AddSingleton(FramesDialect.Chat)
        .AddKeyedSingleton<IRequestSigner>(
            FramesSigner.Name, (provider, _) => new FramesSigner(provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(new ProviderFile("frames.json", FramesDialect.Provider))
        .AddSingleton(FormDialect.Speech)
        .AddSingleton(FormDialect.Door)
        .AddSingleton(new ProviderFile("form.json", FormDialect.Provider));
}
