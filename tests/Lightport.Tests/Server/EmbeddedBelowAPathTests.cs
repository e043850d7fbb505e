using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Lightport.Tests.Server;

/// <summary>The gateway below a path of its app: every door is there, and what guards it holds there too.</summary>
public sealed class EmbeddedBelowAPathTests
{
    private const string AdminKey = "canary-admin-key-0123456789";
    private const string Key = "lp-canary-below";
    private const string Chat = """{"model":"echo","messages":[{"role":"user","content":"hi"}]}""";

    public static TheoryData<string> Ways => ["group", "group with a name", "base path"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Doors_AreAllThere(string way)
    {
        await using EmbeddedApp app = await StartAsync(way);
        app.Client.DefaultRequestHeaders.Add("x-api-key", Key);

        using HttpResponseMessage chat = await app.PostAsync("/team/ai/v1/chat/completions", Chat);
        (int welcome, string doors) = await app.GetAsync("/team/ai");
        (int model, string described) = await app.GetAsync("/team/ai/v1/models/echo");
        (int missing, string hint) = await app.GetAsync("/team/ai/messages");

        Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
        Assert.Equal((200, 200, 404), (welcome, model, missing));
        Assert.Contains("POST /v1/chat/completions", doors, StringComparison.Ordinal);
        Assert.Contains("echo", described, StringComparison.Ordinal);
        Assert.Contains("Did you mean POST /v1/messages?", hint, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Management_IsWhereItSays(string way)
    {
        await using EmbeddedApp app = await StartAsync(way);

        using HttpResponseMessage made = await app.PostAsync("/team/ai/manage/keys", """{"name":"a"}""", AdminKey);
        app.Client.DefaultRequestHeaders.Add("authorization", $"Bearer {AdminKey}");
        (int found, _) = await app.GetAsync(made.Headers.Location!.OriginalString);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.StartsWith("/team/ai/manage/keys/", made.Headers.Location.OriginalString, StringComparison.Ordinal);
        Assert.Equal(200, found);
    }

    /// <summary>A page that the configuration names may call models; no page may come near the admin key.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Management_IsOpenToNoPage(string way)
    {
        await using EmbeddedApp app = await StartAsync(way);

        Assert.True(await IsGrantedAsync(app, "/team/ai/v1/chat/completions"));
        Assert.False(await IsGrantedAsync(app, "/team/ai/manage/config"));
        Assert.False(await IsGrantedAsync(app, "/team/ai/Manage/keys/x/rotate"));
    }

    private static async Task<bool> IsGrantedAsync(EmbeddedApp app, string path)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", "https://app.contoso.com");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using HttpResponseMessage answer = await app.Client.SendAsync(preflight);
        return answer.Headers.Contains("Access-Control-Allow-Origin");
    }

    private static Task<EmbeddedApp> StartAsync(string way) => EmbeddedApp.StartAsync(
        app =>
        {
            switch (way)
            {
                case "group":
                    app.MapGroup("/team/ai").MapLightport();
                    break;
                case "group with a name":
                    app.MapGroup("/{team}").MapGroup("/ai").MapLightport();
                    break;
                default:
                    app.UsePathBase("/team/ai");
                    app.UseRouting();
                    app.MapLightport();
                    break;
            }
        },
        settings: [("LIGHTPORT_KEY", Key), ("LIGHTPORT_ADMIN_KEY", AdminKey)]);
}
